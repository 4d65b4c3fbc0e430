import { readdirSync } from 'node:fs';
import { test } from 'playwright/test';
import { engine } from '../support/engines.js';
import { compareGroup } from './support/compare.js';

// Cases that the page and the server must see alike with and without the agent. A case is one row of a table in
// `cases/`; worlds are pages that were changed before or after the agent came.
const groups = readdirSync(new URL('cases/', import.meta.url)).map((file) => file.replace(/\.js$/, ''));

/** Of groups about what is not on by itself. */
const LOGS = 'data-service-name="harm" data-logs';
const ATTRIBUTES: Record<string, string> = { console: LOGS, surface: LOGS };

/** Chance in Firefox: a socket that is cut as it opens may tell of the end alone. */
const FIREFOX_CHANCE = ['cut'];

// Some groups hold hundreds of cases, run one after the other in two pages.
test.setTimeout(300_000);

for (const group of groups) {
  test(`${group}: the agent changes nothing`, ({ browser }) => {
    const attributes = ATTRIBUTES[group];
    const except = engine() === 'firefox' ? FIREFOX_CHANCE : [];
    return compareGroup(browser, { group, except, ...(attributes && { attributes }) });
  });
}
