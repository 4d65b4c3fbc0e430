import { installByApt, programFromEnvironment, programFromPath } from './programs.mjs';

export const FIREFOX_ADVICE =
  'No Firefox was found: install one (on Debian `apt-get install firefox-esr`) ' +
  'or set ROOTSPAN_FIREFOX to the path of a Firefox.';

/** The path of a Firefox: `ROOTSPAN_FIREFOX`, else the system's; undefined when there is none. Playwright's own will not do. */
export const findFirefox = () =>
  programFromEnvironment('ROOTSPAN_FIREFOX') ?? programFromPath(['firefox-esr', 'firefox']);

/** As `findFirefox`, but tries to install one first through apt-get when root. */
export const ensureFirefox = () => {
  if (!findFirefox()) installByApt('firefox-esr');
  return findFirefox();
};
