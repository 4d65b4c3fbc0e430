import { readFileSync } from 'node:fs';
import { test } from 'playwright/test';
import { compareGroup } from './support/compare.js';

// The inline snippet where the agent never comes: it alone changes nothing either.
const snippet = readFileSync(new URL('../../dist/early.js', import.meta.url), 'utf8');
const agent = `${snippet};rootspan('start');`;

const GROUPS = [
  'fetch-aborts',
  'fetch-arguments',
  'fetch-bodies',
  'fetch-headers',
  'fetch-requests',
  'fetch-responses',
  'fetch-shape',
  'xhr-events',
  'xhr-life',
  'xhr-open',
  'xhr-shape',
];

/** What 1,000 bytes have no room for, by reason. */
const EXCEPT = [
  // Arguments that the browser refuses are read a second time.
  'options are first wrong member wins',
  'fetch with a wrong name before a counted value',
  'fetch with list with a wrong pair before a watched one',
  'fetch with iterable with a wrong pair',
  'fetch with iterable with a wrong name',
  'fetch with iterable that throws',
  'wrong this: the arguments are not read',
  'wrong this, a request and watched options',
  'stack of an error in toString',
  // The texts of an object that is given to `open` are made twice.
  'open with method and URL as counted objects',
  'open with all counted',
  'open with method with toPrimitive',
  'open with wrong method before a counted URL',
  'open with proxied URL object',
  'open on an object does not read the arguments',
  'open with one counted argument',
  // The name of a header that is set within `send` is made a text twice.
  'a counted header within send',
  // The header is set by the object's own method.
  'own methods on the object',
  'subclass with methods of its own',
  // The promise of `fetch` settles one microtask later.
  'steps: unknown scheme',
  'steps: wrong this',
  // Without the agent they are as the standard has them; its own differences are in known-differences.ts.
  'steps: wrong cache',
  'steps: wrong method',
  'steps: wrong header',
  'steps: wrong kind of options',
  'steps: throwing options',
];

test.setTimeout(300_000);

for (const group of GROUPS) {
  test(`${group}: the snippet changes nothing`, ({ browser }) =>
    compareGroup(browser, { group, agent, except: EXCEPT }));
}
