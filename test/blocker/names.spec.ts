import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { named } from '../e2e/support/spans.js';
import '../e2e/support/window.js';
import { ask, BLOCKED_BASE, BLOCKED_SCRIPT, expect, inFirefox, test } from './fixtures.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const JAVASCRIPT = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
/** What lists stop on any site, as scripts, requests and whole folders. */
const ON_LISTS = [BLOCKED_SCRIPT, `${BLOCKED_BASE}/v1/traces`, '/beacon.js', '/rum.min.js', '/rum/events'];

test('the blocker stops what a browser without it lets through', async ({ page, site, playwright }) => {
  const askAll = async (from: Page): Promise<string[]> => {
    await from.goto(site.origin);
    const answers: string[] = [];
    for (const path of ON_LISTS) answers.push(await ask(from, path));
    return answers;
  };
  site.page('/', '<!doctype html>');
  for (const path of ON_LISTS) site.page(path, '', JAVASCRIPT);

  expect(await askAll(page)).toEqual(ON_LISTS.map(() => 'blocked'));
  await inFirefox(playwright.firefox, undefined, async (context) => {
    expect(await askAll(await context.newPage())).toEqual(ON_LISTS.map(() => '200'));
  });
});

for (const script of ['/rootspan.js', '/rootspan-full.js']) {
  for (const where of ['own', 'other'] as const) {
    test(`${script} and the collector on the ${where} origin pass`, async ({ page, site, collector }) => {
      const from = where === 'own' ? '' : site.otherOrigin;
      const tag = `data-endpoint="${from}/" data-flush-interval="100" data-logs="true"`;
      site.page(
        '/shop',
        `<!doctype html><script src="${from}${script}" ${tag}></script>
         <script>rootspan('log', 'info', 'of the page')</script>`,
      );
      await page.goto(`${site.origin}/shop`);

      await collector.waitForSpan(named('page_load /shop'));
      await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('of the page');
      const { origin } = new URL(from || site.origin);
      const hosts = collector.requests().map(({ path, headers }) => `${headers.host}${path}`);
      expect([...new Set(hosts)].sort()).toEqual(
        ['/v1/logs', '/v1/traces'].map((path) => new URL(origin).host + path),
      );
    });
  }
}

test('what a page sends to another origin as it is left passes', async ({ page, site, collector }) => {
  site.serve('/', { tag: { endpoint: site.otherOrigin, 'flush-interval': 600_000 } });
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('span', 'at last', () => {});
    location.href = 'about:blank';
  });

  await collector.waitForSpan(named('at last'));
});

test('a beacon to another site is stopped, one to the own origin passes', async ({ page, site }) => {
  site.page('/', '<!doctype html>');
  await page.goto(site.origin);
  const stopped = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/other'));
  await page.evaluate((other) => {
    navigator.sendBeacon(`${other}/api/other`, 'x');
    navigator.sendBeacon('/api/own', 'x');
  }, site.otherOrigin);

  await site.waitForRequest('/api/own');
  await stopped;
  expect(site.requests('/api/other')).toEqual([]);
});

test('no file of the package is stopped, neither at the root of a site nor in its folder', async ({
  page,
  site,
}) => {
  const files = readdirSync(join(ROOT, 'dist'), { recursive: true })
    .map(String)
    .filter((path) => /\.(js|json)$/.test(path));
  const paths = files.flatMap((path) => [
    `/${path.split('/').at(-1)}`,
    `/node_modules/rootspan/dist/${path}`,
  ]);
  site.page('/', '<!doctype html>');
  for (const path of [BLOCKED_SCRIPT, ...paths]) site.page(path, '', JAVASCRIPT);
  await page.goto(site.origin);

  const urls = [site.origin, site.otherOrigin].flatMap((origin) => paths.map((path) => origin + path));
  expect(await whichFail(page, [site.origin + BLOCKED_SCRIPT, ...urls])).toEqual([
    site.origin + BLOCKED_SCRIPT,
  ]);
});

test('the modules load one by one, as a page without a bundler has them', async ({
  page,
  site,
  collector,
}) => {
  const imports = {
    rootspan: '/dist/index.js',
    'web-vitals': '/node_modules/web-vitals/dist/web-vitals.js',
    'web-vitals/attribution': '/node_modules/web-vitals/dist/web-vitals.attribution.js',
  };
  for (const path of Object.values(imports).slice(1)) site.page(path, read(path), JAVASCRIPT);
  site.page(
    '/modules',
    `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script>
     <script type="module">import { start } from 'rootspan'; start({ flushInterval: 100 });</script>`,
  );
  await page.goto(`${site.origin}/modules`);

  await collector.waitForSpan(named('page_load /modules'));
});

/** By tags, which are another kind of request than `fetch`, and have filters of their own. */
const whichFail = (page: Page, urls: string[]): Promise<string[]> =>
  page.evaluate(async (given) => {
    const loads = (src: string) =>
      new Promise<boolean>((resolve) => {
        const tag = document.createElement('script');
        tag.onload = () => resolve(true);
        tag.onerror = () => resolve(false);
        tag.src = src;
        document.head.append(tag);
      });
    const loaded = await Promise.all(given.map(loads));
    return given.filter((_, index) => !loaded[index]);
  }, urls);
