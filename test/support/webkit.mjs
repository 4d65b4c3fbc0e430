import { installByApt, programFromEnvironment, programFromPath } from './programs.mjs';

export const WEBKIT_ADVICE =
  'No WebKitGTK was found: install its driver (on Debian and Ubuntu `apt-get install webkit2gtk-driver xvfb`) ' +
  'or set ROOTSPAN_WEBKIT to the path of a WebKitWebDriver.';

/** The path of WebKitGTK's driver, which brings its browser: `ROOTSPAN_WEBKIT`, else the system's. */
export const findWebKit = () =>
  programFromEnvironment('ROOTSPAN_WEBKIT') ?? programFromPath(['WebKitWebDriver']);

/** As `findWebKit`, but tries to install one first, with a display for it, through apt-get when root. */
export const ensureWebKit = () => {
  if (!findWebKit()) installByApt('webkit2gtk-driver', 'xvfb');
  return findWebKit();
};

/** The program that makes a display where there is none. */
export const findDisplay = () => programFromPath(['Xvfb']);
