import { test as base } from '../e2e/support/fixtures.js';
import { startWebKit, type WebKit, type WebKitPage } from './driver.js';

interface Fixtures {
  tab: WebKitPage;
}

/** As the fixtures of `test/e2e`, with a `tab` of WebKitGTK instead of Playwright's page. The console is not seen. */
export const test = base.extend<Fixtures, { webkit: WebKit }>({
  webkit: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
    async ({}, use) => {
      const webkit = await startWebKit();
      await use(webkit);
      await webkit.stop();
    },
    { scope: 'worker' },
  ],

  tab: async ({ webkit }, use) => {
    const tab = await webkit.open();
    await use(tab);
    await tab.close();
  },

  // Of Playwright's own browser, which is not started here.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  messages: async ({}, use) => use([]),
});

export { expect } from '../e2e/support/fixtures.js';
