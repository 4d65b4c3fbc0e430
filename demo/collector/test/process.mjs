import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const START = fileURLToPath(new URL('../start.mjs', import.meta.url));

/** The collector in a process of its own; `file` is its database, which may have `fileLimit` bytes. */
export const startProcess = async ({ file, fileLimit }) => {
  const command = [process.execPath, START, '--port', '0', '--file', file];
  // In blocks of 512 bytes; the soft limit, which can be raised again.
  const limited = fileLimit && ['sh', '-c', `ulimit -S -f ${fileLimit / 512}; exec "$@"`, 'sh', ...command];
  const [program, ...rest] = limited || command;
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => resolve(/http:\S+/.exec(text)[0]));
    ended.then((code) => reject(new Error(`the collector ended with ${code}`)));
  });
  return {
    child,
    ended,
    url,
    /** Its files may be as large as they like again. */
    freeDisk: () => promisify(execFile)('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']),
  };
};
