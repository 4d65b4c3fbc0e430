import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import './support/window.js';

const START =
  "<script>agent = rootspan('start', { flushInterval: 100, maxSpansPerMinute: Infinity })</script>";

/** So many route changes, with ten requests each, and what a page shows on them. */
const visit = (page: Page, routes: number) =>
  page.evaluate(async (total) => {
    const main = document.querySelector('main') as HTMLElement;
    for (let route = 0; route < total; route++) {
      history.pushState({}, '', `/orders/${route}`);
      main.innerHTML = `<h2>Order ${route}</h2><button>Pay</button>`;
      const load = async (part: number) => (await fetch(`/api/part?route=${route}&part=${part}`)).text();
      await Promise.all(Array.from({ length: 10 }, (_, part) => load(part)));
    }
    // The last route is over, and everything sent.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    while (window.agent.stats().waiting) await new Promise((resolve) => setTimeout(resolve, 50));
  }, routes);

/** Bytes in use, listeners and nodes of the page after a full collection. */
const measure = async (page: Page) => {
  needs('the DevTools protocol');
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('Performance.enable');
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { metrics } = await session.send('Performance.getMetrics');
  const read = (key: string) => metrics.find(({ name }) => name === key)?.value ?? Number.NaN;
  await session.detach();
  return { heap: usedSize, listeners: read('JSEventListeners'), nodes: read('Nodes') };
};

test('a day in one tab, 2,000 routes and 20,000 requests, leaves nothing behind', async ({ page, site }) => {
  test.setTimeout(1_800_000);
  site.page('/', `<!doctype html><main></main><script src="/rootspan.js"></script>${START}`);
  await page.goto(site.origin);
  await visit(page, 200);
  const before = await measure(page);
  await visit(page, 1800);
  const after = await measure(page);

  const { recorded, sent, dropped } = await page.evaluate(async () => {
    // A long frame of the measuring may wait.
    while (window.agent.stats().waiting) await new Promise((resolve) => setTimeout(resolve, 50));
    return window.agent.stats();
  });
  expect(recorded).toBeGreaterThan(20_000);
  expect(recorded).toBe(sent + Object.values(dropped).reduce((sum, count) => sum + count, 0));
  expect(after.heap - before.heap).toBeLessThan(2 * 1024 * 1024);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes + 10);
});
