import type { Page } from 'playwright/test';
import type { FakeCollector } from '../support/fake-collector.js';
import type { DocumentOptions } from './support/document.js';
import { expect, type Site, take, test } from './support/fixtures.js';
import { named, only } from './support/spans.js';
import './support/window.js';

const FAST = { 'flush-interval': 100, 'ignore-urls': '/rootspan.js /favicon.ico' };
/** Nothing goes by itself. */
const PATIENT = { ...FAST, 'flush-interval': 600_000 };
const WORK = `<script>
  for (const name of ['one', 'two', 'three']) rootspan('span', name, () => {});
</script>`;

/** Opens a page while the collector cannot take anything, until the page has heard of that. */
const openInVain = async (
  page: Page,
  site: Site,
  collector: FakeCollector,
  tag: DocumentOptions['tag'] = PATIENT,
) => {
  collector.answer('unavailable');
  collector.retryAfter(60);
  site.serve('/', { tag, body: WORK });
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('flush'));
  expect(collector.requests()).toHaveLength(1);
};

const stored = () => Object.keys(localStorage).filter((key) => key.startsWith('rootspan.unsent'));

test('what could not be sent is sent by the next page, once', async ({ page, site, collector }) => {
  site.page('/bare', '<!doctype html>');
  site.serve('/next', { tag: FAST });
  await openInVain(page, site, collector);
  await page.goto(`${site.origin}/bare`);
  expect((await page.evaluate(stored)).length).toBeGreaterThan(0);
  collector.answer('ok');
  await page.goto(`${site.origin}/next`);

  for (const name of ['one', 'page_load /next']) await collector.waitForSpan(named(name));
  await expect.poll(() => page.evaluate(stored)).toEqual([]);
  const unsent = () => {
    const { recorded, sent } = rootspan('stats');
    return recorded - sent;
  };
  await expect.poll(() => page.evaluate(unsent)).toBe(0);
  for (const name of ['one', 'two', 'three', 'page_load /', 'page_load /next']) only(collector.spans(), name);
});

test('of two tabs that open at once one alone sends what a tab has left', async ({
  context,
  site,
  collector,
}) => {
  site.serve('/next', { tag: FAST });
  const first = await context.newPage();
  await openInVain(first, site, collector);
  await first.close();
  collector.answer('ok');

  const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => tab.goto(`${site.origin}/next`)));

  for (const name of ['three', 'page_load /']) await collector.waitForSpan(named(name));
  await expect.poll(() => tabs[0].evaluate(stored)).toEqual([]);
  for (const name of ['one', 'two', 'three', 'page_load /']) only(collector.spans(), name);
});

test('a page that was off line sends when it is on line again', async ({
  page,
  context,
  site,
  collector,
}) => {
  site.serve('/', { tag: FAST });
  await page.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  await context.setOffline(true);
  await page.waitForFunction(() => !navigator.onLine);
  await page.evaluate(async () => {
    rootspan('span', 'off line', () => {});
    await rootspan('flush');
  });
  expect(await page.evaluate(() => rootspan('stats').waiting)).toBeGreaterThan(0);

  await context.setOffline(false);

  await collector.waitForSpan(named('off line'));
  only(collector.spans(), 'off line');
});

test('denied consent removes what was put by', async ({ page, site, collector }) => {
  site.serve('/next', { tag: PATIENT });
  await openInVain(page, site, collector);
  await page.goto(`${site.origin}/next`);
  expect((await page.evaluate(stored)).length).toBeGreaterThan(0);

  await page.evaluate(() => rootspan('setConsent', 'denied'));

  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('with data-offline="false" nothing is put by', async ({ page, site, collector }) => {
  site.page('/next', '<!doctype html>');
  await openInVain(page, site, collector, { ...PATIENT, offline: 'false' });
  await page.goto(`${site.origin}/next`);

  expect(await page.evaluate(stored)).toEqual([]);
});

test('losses are told to the collector', async ({ page, site, collector }) => {
  site.serve('/', { tag: { ...FAST, 'max-spans-per-minute': 60 } });
  await page.goto(site.origin);
  const busy = await page.evaluate(() => {
    for (let count = 0; count < 300; count++) rootspan('span', 'busy', () => {});
    return rootspan('stats').dropped.rate ?? 0;
  });

  const told = () =>
    collector
      .spans()
      .map(({ attributes }) => Number(attributes['rootspan.dropped.rate'] ?? 0))
      .reduce((sum, count) => sum + count, 0);
  await expect.poll(told).toBeGreaterThanOrEqual(busy);
  // What the page measures later on may be among the losses too.
  expect(told()).toBeLessThanOrEqual(await page.evaluate(() => rootspan('stats').dropped.rate ?? 0));
  expect(busy).toBeGreaterThan(200);
});

test('an error does not wait for the batch', async ({ page, site, collector, messages }) => {
  site.serve('/', { tag: PATIENT });
  await page.goto(site.origin);
  await page.evaluate(
    () =>
      void setTimeout(() => {
        throw Error('late');
      }),
  );

  await collector.waitForRequest(({ body }) => body.includes('late'));
  expect(await take(messages, 1)).toEqual(['uncaught: late']);
});

test('long bodies are packed for a collector of the own origin, and sent as they are where it takes none', async ({
  page,
  site,
  collector,
}) => {
  collector.answer(['ok', 'bad-request', 'ok']);
  site.serve('/', { tag: PATIENT });
  await page.goto(site.origin);
  const send = () =>
    page.evaluate(() => {
      for (let count = 0; count < 10; count++) rootspan('span', `span ${count}`, () => {});
      return rootspan('flush');
    });
  await send();
  await send();
  await send();

  const encodings = collector.requests().map(({ headers }) => headers['content-encoding']);
  expect(encodings).toEqual(['gzip', 'gzip', undefined, undefined]);
  expect((await page.evaluate(() => rootspan('stats'))).dropped).toEqual({});
  const [first] = collector.requests();
  expect(first?.bytes).toBeLessThan((first?.body.length ?? 0) / 3);
});
