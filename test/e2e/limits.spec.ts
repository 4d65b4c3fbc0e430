import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import './support/window.js';

/** Bytes of the page's JavaScript heap that are in use after a full collection. */
const heapOf = async (page: Page): Promise<number> => {
  needs('the DevTools protocol');
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // Twice: what finalizers let go is collected the second time.
  for (let round = 0; round < 2; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
};

const makeSpans = (page: Page, count: number) =>
  page.evaluate(async (total) => {
    for (let number = 0; number < total; number++) {
      const span = window.agent.startSpan(`span ${number}`, { parent: null });
      for (let key = 0; key < 8; key++) span.setAttribute(`key.${key}`, `value ${number} of ${key}`);
      span.addEvent('happened', { number });
      span.end();
      // As a page would: not all in one task.
      if (number % 5000 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }, count);

const START =
  "<script>agent = rootspan('start', { flushInterval: 100, maxSpansPerMinute: Infinity })</script>";
const DOCUMENT = `<!doctype html><script src="/rootspan.js"></script>${START}`;

test('50,000 spans cost no more memory than the queue may hold, and every one is accounted for', async ({
  page,
  site,
  collector,
}) => {
  collector.answer('unavailable');
  site.page('/', DOCUMENT);
  await page.goto(site.origin);
  // Once, so that the code is compiled and the queue is full.
  await makeSpans(page, 3000);
  const before = await heapOf(page);
  await makeSpans(page, 50_000);
  const after = await heapOf(page);

  const { recorded, sent, waiting, dropped } = await page.evaluate(() => window.agent.stats());
  const lost = Object.values(dropped).reduce((sum, count) => sum + count, 0);
  expect(recorded).toBeGreaterThanOrEqual(53_000);
  expect(recorded).toBe(sent + waiting + lost);
  expect(waiting).toBeLessThanOrEqual(2000);
  expect(dropped.queue_full).toBeGreaterThan(45_000);
  // The queue is as full as before: what has grown is a leak.
  expect(after - before).toBeLessThan(1024 * 1024);
});

test('a full queue is no larger than a few megabytes', async ({ page, site, collector }) => {
  collector.answer('unavailable');
  site.page('/', DOCUMENT);
  await page.goto(site.origin);
  const before = await heapOf(page);
  await makeSpans(page, 50_000);

  expect((await heapOf(page)) - before).toBeLessThan(5 * 1024 * 1024);
});

test('with a good collector the memory comes back', async ({ page, site }) => {
  site.page('/', DOCUMENT);
  await page.goto(site.origin);
  await makeSpans(page, 1000);
  await expect.poll(() => page.evaluate(() => window.agent.stats().waiting)).toBe(0);
  const before = await heapOf(page);
  await makeSpans(page, 5000);
  await expect.poll(() => page.evaluate(() => window.agent.stats().waiting)).toBe(0);

  expect((await heapOf(page)) - before).toBeLessThan(1024 * 1024);
});

test('spans that never end cost nothing once the page has let them go', async ({ page, site }) => {
  site.page('/', DOCUMENT);
  await page.goto(site.origin);
  const leave = () =>
    page.evaluate(() => {
      for (let number = 0; number < 20_000; number++) window.agent.startSpan(`left ${number}`);
    });
  await leave();
  const before = await heapOf(page);
  await leave();

  expect((await heapOf(page)) - before).toBeLessThan(512 * 1024);
  // The frames that this took are sent.
  await expect.poll(() => page.evaluate(() => window.agent.stats().waiting)).toBeLessThanOrEqual(1);
});

test('one span takes at most 128 attributes, events and links, and says how many it refused', async ({
  page,
  site,
  collector,
}) => {
  site.page('/', DOCUMENT);
  await page.goto(site.origin);
  const limited = await page.evaluate(() => {
    const span = window.agent.startSpan('too much');
    const context = span.spanContext();
    for (let number = 0; number < 200; number++) {
      span
        .setAttribute(`key.${number}`, number ? 'x' : 'x'.repeat(10_000))
        .addEvent(`event ${number}`)
        .addLink({ context });
    }
    span.end();
    return window.agent.stats().limited;
  });

  const span = await collector.waitForSpan(({ name }) => name === 'too much');
  const lengths = Object.values(span.attributes).map((value) => String(value).length);
  expect([lengths.length, span.events.length, span.links.length]).toEqual([128, 128, 128]);
  expect(Math.max(...lengths)).toBe(4096);
  expect(limited).toBeGreaterThanOrEqual(3 * 72);
});
