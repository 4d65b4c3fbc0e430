import { existsSync } from 'node:fs';
import process from 'node:process';
import { installByApt, programFromEnvironment, programFromPath, runInstaller } from './programs.mjs';

/** Playwright's own list: a second one on the command line takes the place of the first. */
const OFF_FOR_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose DialMediaRouteProvider GlobalMediaControls',
  'HttpsUpgrades LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AutoDeElevate AimEnabled',
  'BlockOriginHeaderModificationOnRedirect AvoidCorsURLLoaderRestartOnRedirect Translate OptimizationHints',
  'NetworkTimeServiceQuerying msForceBrowserSignIn msEdgeUpdateLaunchServicesPreferredVersion',
];

/** Pages of the address bar that each window loads, and that nobody sees: most of the work of a short test. */
const OFF_FOR_SPEED = ['WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup'];

/** For containers and root (no sandbox), and so that the browser itself sends nothing anywhere. */
export const CHROMIUM_ARGS = [
  `--disable-features=${[...OFF_FOR_PLAYWRIGHT, ...OFF_FOR_SPEED].join(' ').replaceAll(' ', ',')}`,
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
export const findChromium = async () =>
  programFromEnvironment('ROOTSPAN_CHROMIUM') ?? programFromPath(NAMES) ?? (await fromPlaywright());

/** As `findChromium`, and throws one sentence on what to do when there is none. */
export const requireChromium = async () => {
  const found = await findChromium();
  if (!found) throw new Error(ADVICE);
  return found;
};

/** As `requireChromium`, but tries to install one first: through Playwright, else through apt-get when root. */
export const ensureChromium = async () => {
  const installers = [installByPlaywright, () => installByApt('chromium')];
  for (const install of installers) {
    const found = await findChromium();
    if (found) return found;
    install();
  }
  return requireChromium();
};

const fromPlaywright = async () => {
  // Imported here: this file has to load before the dependencies are installed.
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
};

const installByPlaywright = () => {
  const asRoot = process.getuid?.() === 0;
  runInstaller('npx', ['playwright', 'install', 'chromium', ...(asRoot ? ['--with-deps'] : [])]);
};
