import { defineConfig } from 'playwright/test';
import { CHROMIUM_ARGS, requireChromium } from './test/support/chromium.mjs';

export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  // A test that passes at the second attempt is a test that fails.
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [['list'], ['./test/fault/support/summary.ts']],
  use: {
    headless: true,
    launchOptions: { executablePath: await requireChromium(), args: CHROMIUM_ARGS },
  },
  projects: [
    { name: 'e2e', testMatch: 'e2e/**/*.spec.ts' },
    { name: 'harm', testMatch: 'harm/**/*.spec.ts' },
    { name: 'fault', testMatch: 'fault/**/*.spec.ts' },
  ],
});
