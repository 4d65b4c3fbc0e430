import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import { named, only } from './support/spans.js';
import './support/window.js';

// A batch would wait far longer than the test.
const SLOW = { 'flush-interval': 600_000, 'ignore-urls': '/rootspan.js /favicon.ico /open' };

/** The tab's process is gone at once: no event tells the page. */
const kill = async (page: Page): Promise<void> => {
  const client = await page.context().newCDPSession(page);
  const gone = page.waitForEvent('crash');
  void client.send('Page.crash').catch(() => {}); // it has nobody to answer
  await gone;
};

/** Until the browser has been handed what the page would lose. */
const deferred = (page: Page, part: string) =>
  page.waitForFunction((text) => (window as { handed?: string[] }).handed?.at(-1)?.includes(text), part);

/** Watches what the browser is handed. */
const WATCH = `<script>
  window.handed = [];
  const { fetchLater } = window;
  window.fetchLater = function (url, options) {
    handed.push(options.body);
    options.signal.addEventListener('abort', () => handed.push(''));
    return fetchLater.apply(this, arguments);
  };
</script>`;

test('a tab that is killed leaves what had ended, its open page view and the latest vitals', async ({
  page,
  site,
  collector,
}) => {
  needs('fetchLater', 'the DevTools protocol');
  site.serve('/', {
    tag: SLOW,
    head: WATCH,
    body: `<p>Some text</p><script>rootspan('span', 'done', () => {})</script>`,
  });
  await page.goto(site.origin);
  await deferred(page, 'web_vital.lcp');
  expect(collector.spans().map(({ name }) => name)).not.toContain('done');

  await kill(page);

  await collector.waitForSpan(named('web-vitals'));
  const vitals = only(collector.spans(), 'web-vitals');
  const load = only(collector.spans(), 'page_load /');
  expect(vitals.traceId).toBe(load.traceId);
  expect(vitals.attributes['rootspan.web_vital.lcp']).toBeGreaterThan(0);
  only(collector.spans(), 'done');
});

test('a page that is left in peace sends nothing twice', async ({ page, site, collector }) => {
  site.serve('/', {
    tag: SLOW,
    head: WATCH,
    body: `<p>Some text</p><script>rootspan('span', 'done', () => {})</script>`,
  });
  site.page('/next', '<!doctype html>next');
  await page.goto(site.origin);
  await deferred(page, 'done');

  await page.goto(`${site.origin}/next`);
  const names = ['done', 'page_load /', 'web-vitals'];
  for (const name of names) await collector.waitForSpan(named(name));
  await page.close();

  // The fixture fails where an id comes twice.
  for (const name of names) only(collector.spans(), name);
});

test('without consent the browser is handed nothing', async ({ page, site }) => {
  site.serve('/', { tag: { ...SLOW, consent: 'pending' }, head: WATCH, body: '<p>Some text</p>' });
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('span', 'done', () => {}));
  await page.evaluate(() => rootspan('setConsent', 'granted'));
  await deferred(page, 'web_vital');

  const handed = await page.evaluate(() => (window as { handed?: string[] }).handed ?? []);

  expect(handed.filter((body) => body.includes('"done"'))).toEqual([]);
});
