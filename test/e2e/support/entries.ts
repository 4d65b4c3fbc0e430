import type { Page } from 'playwright/test';

/** In pages opened from here on the browser tells of no such performance entries, of which a slow machine makes more. */
export const without = (page: Page, ...types: string[]): Promise<unknown> =>
  page.addInitScript((hidden) => {
    const value = PerformanceObserver.supportedEntryTypes.filter((type) => !hidden.includes(type));
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value, configurable: true });
  }, types);
