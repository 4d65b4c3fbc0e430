import type { Page } from 'playwright/test';

/** Lets the clock of the page run, and gives the network its real time in between; all in milliseconds. */
export const passTime = async (page: Page, ms: number, step = 250): Promise<void> => {
  for (let passed = 0; passed < ms; passed += step) {
    await page.clock.runFor(step);
    // The page may be offline, or have broken its own fetch.
    await page.evaluate(() => fetch('/api/tick').then((response) => response.text())).catch(() => {});
  }
};
