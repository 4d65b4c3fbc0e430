import type { BrowserContext, Page } from 'playwright/test';

/** Switches Global Privacy Control on in the pages to come; Chromium does not have it. */
export const switchGpcOn = (where: Page | BrowserContext): Promise<unknown> =>
  where.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true }),
  );
