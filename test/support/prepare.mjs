// Runs before the dependencies are there: nothing but Node's own modules.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';

const OLDEST_NODE = 20;

/** Throws one sentence when this Node.js is too old for the tools. */
export const checkNode = () => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  throw new Error(`Node.js ${OLDEST_NODE} or later is needed; this is ${process.versions.node}.`);
};

/** Installs the dependencies when there are none, or others than package-lock.json asks for. */
export const installDependencies = () => {
  const reason = staleReason();
  if (!reason) return;
  console.log(`> npm ci (${reason})`);
  const { status } = spawnSync('npm', ['ci'], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed: see above.');
};

const staleReason = () => {
  // npm writes down here what it has installed.
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(record)) return 'no node_modules yet';
  const installed = packagesOf(record);
  const stale = Object.entries(packagesOf('package-lock.json')).find(
    ([path, wanted]) => isInstalledPath(path, wanted) && installed[path]?.version !== wanted.version,
  );
  return stale && `${stale[0]} is not the version of package-lock.json`;
};

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Optional packages are those of other platforms; links are the workspaces. */
const isInstalledPath = (path, { optional, link }) => path.startsWith('node_modules/') && !optional && !link;
