import { execFileSync, spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../run.mjs', import.meta.url));

/** Runs the demo as a person would, in a process of its own, and reads what it prints. */
export const startDemo = async (args, environment = {}) => {
  const child = spawn(process.execPath, [SCRIPT, ...args], { env: { ...process.env, ...environment } });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (chunk) => {
      texts[name] += chunk;
    });
  }
  const exited = new Promise((resolve) => child.once('close', resolve));

  /** Waits until it has printed something that matches. */
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      const look = () => pattern.test(texts.stdout) && resolve();
      child.stdout.on('data', look);
      exited.then((code) =>
        reject(new Error(`The demo ended with code ${code}: ${texts.stderr || texts.stdout}`)),
      );
      look();
    });
  const find = (pattern) => texts.stdout.match(pattern)?.[1] ?? missing(pattern, texts.stdout);

  await says(/Ctrl-C stops everything/);
  return {
    says,
    output: () => texts.stdout,
    complaints: () => texts.stderr,
    address: (name) => find(new RegExp(`^ +${name} +(http\\S+)$`, 'm')),
    traceId: (label) => find(new RegExp(`^ +${label} +\\S*?([\\da-f]{32})$`, 'm')),
    descendants: () => descendantsOf(child.pid),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
};

export const isRunning = (id) => {
  try {
    return process.kill(id, 0);
  } catch {
    return false; // no such process
  }
};

/** The ids of the processes that it has started, and of those that they have. */
const descendantsOf = (id) => {
  const pairs = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = pairs
    .map((pair) => pair.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === id);
  return children.flatMap(([child]) => [child, ...descendantsOf(child)]);
};

const missing = (pattern, output) => {
  throw new Error(`The demo did not print ${pattern}, but:\n${output}`);
};
