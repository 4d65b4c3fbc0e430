import type { Page } from 'playwright/test';

/** In pages opened from here on the browser tells of no such performance entries, of which a slow machine makes more. */
export const without = (page: Page, ...types: string[]): Promise<unknown> =>
  page.addInitScript((hidden) => {
    const value = PerformanceObserver.supportedEntryTypes.filter((type) => !hidden.includes(type));
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value, configurable: true });
  }, types);

/** Until the browser has told of a performance entry of this type, the first of which may have been before. */
export const measured = (page: Page, entryType: string): Promise<void> =>
  page.evaluate(
    (type) =>
      new Promise<void>((done) => new PerformanceObserver(() => done()).observe({ type, buffered: true })),
    entryType,
  );

/** Clicks on something slow, until the browser has told of that, which it does when the next frame is seen. */
export const clickMeasured = async (page: Page, selector: string): Promise<void> => {
  await page.evaluate(() => {
    const tell = (list: PerformanceObserverEntryList) => {
      if (list.getEntriesByName('click').length) document.documentElement.dataset.measured = 'yes';
    };
    const options = { type: 'event', durationThreshold: 40 };
    new PerformanceObserver(tell).observe(options as PerformanceObserverInit); // not yet in TypeScript's library
  });
  await page.click(selector);
  await page.locator('[data-measured]').waitFor({ state: 'attached' });
};
