import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const vite = (folder) => [process.execPath, ['node_modules/vite/bin/vite.js', 'build', folder]];

// In this order: the shop takes the agent in.
const TARGETS = [
  {
    name: 'agent',
    output: 'dist/rootspan.js',
    sources: ['src', 'rollup.config.mjs', 'tsconfig.json', 'package.json', 'package-lock.json'],
    command: ['npm', ['run', 'build']],
  },
  {
    name: 'shop',
    output: 'demo/shop/dist/index.html',
    sources: [
      'demo/shop/src',
      'demo/shop/public',
      'demo/shop/index.html',
      'demo/shop/vite.config.mjs',
      'dist',
    ],
    command: vite('demo/shop'),
  },
  {
    name: 'viewer',
    output: 'demo/viewer/dist/index.html',
    sources: [
      'demo/viewer/src',
      'demo/viewer/public',
      'demo/viewer/index.html',
      'demo/viewer/vite.config.ts',
    ],
    command: vite('demo/viewer'),
  },
];

/** Builds those of agent, shop and viewer that are missing or older than their sources. */
export const buildStale = async (names, { signal, say }) => {
  for (const target of TARGETS) {
    if (!names.includes(target.name) || !isStale(target)) continue;
    say(`Building the ${target.name} …`);
    await run(target, signal);
  }
};

const isStale = ({ output, sources }) =>
  !existsSync(output) || Math.max(...sources.map(newestTime)) > statSync(output).mtimeMs;

/** The latest change in a file or folder; a folder's own time tells of files that were removed. */
const newestTime = (path) => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestTime(join(path, name))));
};

const run = ({ name, command: [program, args] }, signal) =>
  new Promise((resolve, reject) => {
    // On Windows npm is a script, which only a shell can start.
    const shell = process.platform === 'win32' && program === 'npm';
    // As for visitors, whoever builds: a test would have React built for development.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell, signal, env });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      reject(new Error(`The ${name} could not be built: see above.`));
    });
  });
