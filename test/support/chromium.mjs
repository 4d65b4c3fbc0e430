import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** For containers and root (no sandbox), and so that the browser itself sends nothing anywhere. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const ADVICE =
  'No Chromium was found: install one (on Debian and Ubuntu `apt-get install chromium`) ' +
  'or set ROOTSPAN_CHROMIUM to the path of a Chromium or Chrome.';

/** The path of a Chromium: `ROOTSPAN_CHROMIUM`, else the system's, else Playwright's own; undefined when there is none. */
export const findChromium = async () => fromEnvironment() ?? fromPath() ?? (await fromPlaywright());

/** As `findChromium`, and throws one sentence on what to do when there is none. */
export const requireChromium = async () => {
  const found = await findChromium();
  if (!found) throw new Error(ADVICE);
  return found;
};

/** As `requireChromium`, but tries to install one first: through Playwright, else through apt-get when root. */
export const ensureChromium = async () => {
  const installers = [installByPlaywright, installByApt];
  for (const install of installers) {
    const found = await findChromium();
    if (found) return found;
    install();
  }
  return requireChromium();
};

const fromEnvironment = () => {
  const path = process.env.ROOTSPAN_CHROMIUM;
  if (path && !isExecutable(path)) {
    throw new Error(`ROOTSPAN_CHROMIUM is ${JSON.stringify(path)}, which is no executable file.`);
  }
  return path || undefined;
};

const fromPath = () =>
  NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name))).find(
    isExecutable,
  );

const fromPlaywright = async () => {
  // Imported here: this file has to load before the dependencies are installed.
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
};

const installByPlaywright = () => {
  const asRoot = process.getuid?.() === 0;
  run('npx', ['playwright', 'install', 'chromium', ...(asRoot ? ['--with-deps'] : [])]);
};

const installByApt = () => {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return;
  run('apt-get', ['update']);
  run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium']);
};

/** A failure is no matter here: what counts is whether a browser is there afterwards. */
const run = (command, args) => {
  console.log(`> ${command} ${args.join(' ')}`);
  spawnSync(command, args, { stdio: 'inherit', timeout: 600_000 });
};

const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false; // not there, or not for us
  }
};
