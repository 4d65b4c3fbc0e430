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
  async () => ({ ...(await webkit.open()), noise: [] });

// Some groups hold hundreds of cases, run one after the other in two pages.
test.setTimeout(90_000);

for (const group of groups) {
  test(`${group}: the agent changes nothing`, ({ webkit }) => compareGroup(openIn(webkit), { group }));
}
