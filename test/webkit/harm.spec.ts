import { readdirSync } from 'node:fs';
import { compareGroup } from '../harm/support/compare.js';
import type { OpenCasePage } from '../harm/support/run-page.js';
import type { WebKit } from './driver.js';
import { test } from './fixtures.js';

// The cases of `test/harm`, in WebKitGTK: what their pages and the server see. Its console is not to be had.
const groups = readdirSync(new URL('../harm/cases/', import.meta.url)).map((file) =>
  file.replace(/\.js$/, ''),
);

const openIn =
  (webkit: WebKit): OpenCasePage =>
  async () => {
    const tab = await webkit.open();
    return { ...tab, noise: [], isDrivenFromInside: true };
  };

/**
 * Not understood: in a class that extends our Proxy, WebKitGTK finds no `this` in the arguments of a call after `super()`
 * in which `super.readyState` stands too. Fields, methods and `this` itself are as they were.
 */
const EXCEPT = ['WebSocket: made by a class that extends it', 'EventSource: made by a class that extends it'];

// Some groups hold hundreds of cases, run one after the other in two pages.
test.setTimeout(300_000);

for (const group of groups) {
  test(`${group}: the agent changes nothing`, ({ webkit }) =>
    compareGroup(openIn(webkit), { group, except: EXCEPT }));
}
