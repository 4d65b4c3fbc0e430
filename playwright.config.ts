import { defineConfig } from 'playwright/test';
import { CHROMIUM_ARGS, requireChromium } from './test/support/chromium.mjs';
import { findFirefox } from './test/support/firefox.mjs';

/** No DevTools protocol there: WebDriver BiDi, to a Firefox as its makers build it. */
const firefox = {
  browserName: 'firefox' as const,
  channel: 'moz-firefox',
  launchOptions: { executablePath: findFirefox() ?? 'firefox' },
};

/**
 * What runs in Firefox in each `npm test`: what the engines do otherwise, which is the page load, requests, input,
 * leaving, and the page's view of all that is replaced. The rest is decided by code that no engine changes, and runs
 * there by `npm test -- firefox-all`.
 */
const IN_FIREFOX = [
  'e2e/{bfcache,engines,page-load,requests,interactions,leaving,vitals,connections}.spec.ts',
  'harm/harm.spec.ts',
];

export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  // A test that passes at the second attempt is a test that fails.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  // Also the limit of hooks, some of which build a bundle. A slow machine needs several times what this one does.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  reporter: [['list'], ['./test/fault/support/summary.ts']],
  use: {
    headless: true,
    launchOptions: { executablePath: await requireChromium(), args: CHROMIUM_ARGS },
  },
  projects: [
    // Folders, not patterns: those match in the path of the whole repository.
    { name: 'e2e', testDir: 'test/e2e' },
    { name: 'harm', testDir: 'test/harm' },
    { name: 'fault', testDir: 'test/fault' },
    { name: 'firefox', testMatch: IN_FIREFOX, use: firefox },
    { name: 'firefox-all', testMatch: 'test/{e2e,fault,harm}/**/*.spec.ts', use: firefox },
    { name: 'webkit', testDir: 'test/webkit', use: { browserName: 'webkit' } },
    // One browser with the extension for all: reading its lists takes it many seconds.
    { name: 'blocker', testDir: 'test/blocker', use: firefox, workers: 1 },
  ],
});
