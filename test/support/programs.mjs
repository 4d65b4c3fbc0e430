import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** The program that an environment variable names; throws when it is none. */
export const programFromEnvironment = (variable) => {
  const path = process.env[variable];
  if (path && !isExecutable(path)) {
    throw new Error(`${variable} is ${JSON.stringify(path)}, which is no executable file.`);
  }
  return path || undefined;
};

/** The first of these programs on the `PATH`. */
export const programFromPath = (names) =>
  names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable);

/** Where the machine is ours to change: as root of a Debian or Ubuntu. */
export const installByApt = (...packages) => {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return;
  runInstaller('apt-get', ['update']);
  runInstaller('apt-get', ['install', '--yes', '--no-install-recommends', ...packages]);
};

/** A failure is no matter here: what counts is whether the program is there afterwards. */
export const runInstaller = (command, args, cwd = process.cwd()) => {
  console.log(`> ${command} ${args.join(' ')}`);
  spawnSync(command, args, { cwd, stdio: 'inherit', timeout: 600_000 });
};

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not for us
  }
};
