import type { Page } from 'playwright/test';
import { startFakeCollector } from '../support/fake-collector.js';
import { passTime } from './support/clock.js';
import { without } from './support/entries.js';
import { expect, type Site, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

/** Serves a page whose collector is another origin, opens it, and makes three spans. */
const visit = async (page: Page, site: Site, endpoint: string, headers?: Record<string, string>) => {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  const attempts: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(endpoint) && request.method() === 'POST') attempts.push(request.url());
  });
  site.serve(
    '/',
    { tag: { endpoint, 'flush-interval': 100, 'ignore-urls': '/api/tick /rootspan.js /favicon.ico' } },
    headers,
  );
  await page.goto(site.origin);
  await page.evaluate(async () => {
    for (const name of ['one', 'two', 'three']) rootspan('span', name, () => {});
    await fetch('/api/page');
  });
  return attempts;
};

const readStats = async (page: Page) => {
  const stats = await page.evaluate(() => rootspan('stats'));
  const dropped = Object.values(stats.dropped).reduce((sum, count) => sum + count, 0);
  expect(stats.recorded, JSON.stringify(stats)).toBe(stats.sent + stats.waiting + stats.stored + dropped);
  return stats;
};

test('Retry-After is waited for', async ({ page, site, collector }) => {
  collector.answer('too-many');
  collector.retryAfter(20);
  const answered = page.waitForResponse(
    (response) => response.url().startsWith(collector.origin) && response.request().method() === 'POST',
  );
  const attempts = await visit(page, site, collector.origin);
  await passTime(page, 250);
  expect(await (await answered).finished()).toBeNull();
  await passTime(page, 750);
  const first = attempts.length;
  collector.answer('ok');
  await passTime(page, 15_000, 1000);

  expect(first).toBeGreaterThanOrEqual(1);
  expect(attempts).toHaveLength(first);
  await passTime(page, 10_000, 1000);
  await collector.waitForSpan(named('one'));
});

test('a page with a dead collector closes in silence', async ({ page, site, collector, context }) => {
  await collector.stop();
  await visit(page, site, collector.origin);
  await page.evaluate(() => {
    for (const state of ['hidden', 'visible', 'hidden']) {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }
  });
  await passTime(page, 1000);
  await readStats(page);
  await page.goto('about:blank');

  await expect.poll(() => context.pages().length).toBe(1);
});

test('an idle page sends nothing more', async ({ page, site, collector }) => {
  await without(page, 'long-animation-frame', 'longtask');
  const attempts = await visit(page, site, collector.origin);
  await passTime(page, 3000);
  // The network takes real time.
  const unsent = async () => {
    await passTime(page, 250);
    const { recorded, sent } = await readStats(page);
    return recorded - sent;
  };
  await expect.poll(unsent).toBe(0);
  const count = attempts.length;
  await passTime(page, 10_000, 1000);

  expect(attempts).toHaveLength(count);
  const { recorded, sent } = await readStats(page);
  expect(recorded).toBeGreaterThanOrEqual(5);
  expect(sent).toBe(recorded);
});

test('own request headers reach a collector of another origin', async ({ page, site }) => {
  const other = await startFakeCollector();
  site.serve('/', { config: `endpoint: '${other.origin}', headers: { 'X-Tenant': 'shop' }` });
  await page.goto(site.origin);

  const { headers } = await other.waitForRequest();
  await other.stop();
  expect(headers).toMatchObject({ 'x-tenant': 'shop', 'content-type': 'application/json' });
  expect(headers.cookie).toBeUndefined();
});

test('exports do not pass through a fetch that the page wraps later', async ({ page, site, collector }) => {
  site.serve('/', {
    body: '<script>const inner = fetch; urls = []; fetch = (...a) => (urls.push(String(a[0])), inner(...a))</script>',
  });
  await page.goto(site.origin);
  await page.evaluate(() => fetch('/api/wrapped'));

  await collector.waitForSpan(named('GET /api/wrapped'));
  expect(await page.evaluate('urls')).toEqual(['/api/wrapped']);
});
