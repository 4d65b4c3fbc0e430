import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, BrowserType, Page } from 'playwright/test';
import { test as base } from '../e2e/support/fixtures.js';
import { findFirefox } from '../support/firefox.mjs';
import { type PageServer, startPageServer } from '../support/page-server.js';
import { findUblock, UBLOCK_ADVICE } from '../support/ublock.mjs';

/** The page's origin, and another site: a blocker tells them apart by their domains, not by their ports. */
const SHOP = 'shop.example';
const COLLECTOR = 'otel.example.com';

/** On EasyPrivacy, for any site. */
export const BLOCKED_SCRIPT = '/boomerang.js';
export const BLOCKED_BASE = '/rum-collector';

const EXTENSION_ID = 'uBlock0@raymondhill.net';
const HOSTS = `${SHOP},${COLLECTOR}`;

const PREFERENCES = {
  // Extensions that lie in the profile are on from the start, signed or not.
  'extensions.autoDisableScopes': 0,
  'extensions.enabledScopes': 15,
  'extensions.startupScanScopes': 15,
  'xpinstall.signatures.required': false,
  // These names are this machine, and as good as https.
  'network.dns.localDomains': HOSTS,
  'dom.securecontext.allowlist': HOSTS,
  // Nothing else is reached: the lists are those of the package, not of the day.
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': `${HOSTS},127.0.0.1`,
};

/** As the fixtures of `test/e2e`, in a Firefox with uBlock Origin as it comes. */
export const test = base.extend<object, { withBlocker: BrowserContext }>({
  withBlocker: [
    ({ playwright }, use) => inBlockingFirefox(playwright.firefox, use),
    { scope: 'worker', timeout: 120_000 },
  ],

  context: async ({ withBlocker }, use) => {
    await withBlocker.clearCookies();
    await use(withBlocker);
  },

  page: async ({ context }, use) => {
    const page = await context.newPage();
    await use(page);
    await page.close();
  },

  site: async ({ site }, use) => {
    const { origin, otherOrigin } = namedOrigins(site);
    await use({ ...site, origin, otherOrigin });
  },
});

/** The same in a browser of its own, for what stays in a context for good: Playwright's clock does. */
export const testAlone = test.extend({
  context: [
    ({ playwright }, use) => inBlockingFirefox(playwright.firefox, use),
    { scope: 'test', timeout: 120_000 },
  ],
});

export { expect, take } from '../e2e/support/fixtures.js';

const inBlockingFirefox = async (
  firefox: BrowserType,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> => {
  const folder = findUblock();
  if (!folder) throw new Error(UBLOCK_ADVICE);
  await inFirefox(firefox, folder, async (context) => {
    await untilBlocking(context);
    await use(context);
  });
};

/** A Firefox with a profile of its own, with the unpacked extension in it if there is one. */
export const inFirefox = async (
  firefox: BrowserType,
  extension: string | undefined,
  use: (context: BrowserContext) => Promise<void>,
): Promise<void> => {
  const profile = mkdtempSync(join(tmpdir(), 'rootspan-blocker-'));
  if (extension) {
    await mkdir(join(profile, 'extensions'));
    // A file with the path of the folder is as good as the folder.
    await writeFile(join(profile, 'extensions', EXTENSION_ID), extension);
  }
  const context = await firefox.launchPersistentContext(profile, {
    channel: 'moz-firefox',
    executablePath: findFirefox() ?? 'firefox',
    firefoxUserPrefs: PREFERENCES,
  });
  try {
    await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
};

/** What becomes of a request of the page: its status, or `blocked`. */
export const ask = (page: Page, url: string): Promise<string> =>
  page.evaluate(
    (given) =>
      fetch(given).then(
        ({ status }) => `${status}`,
        () => 'blocked',
      ),
    url,
  );

/** A blocker that is not there, or not on, is a failure of all tests. */
const untilBlocking = async (context: BrowserContext): Promise<void> => {
  const server = await startPageServer();
  server.page('/', '<!doctype html>');
  server.page(BLOCKED_SCRIPT, '');
  const page = await context.newPage();
  try {
    await page.goto(namedOrigins(server).origin);
    for (let attempt = 0; attempt < 120; attempt++) {
      if ((await ask(page, BLOCKED_SCRIPT)) === 'blocked') return;
      await sleep(500); // its lists are being read
    }
    throw new Error(`uBlock Origin is not active: ${BLOCKED_SCRIPT} still loads.`);
  } finally {
    await page.close();
    await server.stop();
  }
};

export const namedOrigins = ({ origin, otherOrigin }: PageServer) => ({
  origin: origin.replace('127.0.0.1', SHOP),
  otherOrigin: otherOrigin.replace('127.0.0.1', COLLECTOR),
});
