import { isChildOf, named, only, traceparentOf } from '../e2e/support/spans.js';
import '../e2e/support/window.js';
import type { DocumentOptions } from '../e2e/support/document.js';
import { LACKS, whichAreMissing } from '../support/engine-apis.js';
import { expect, test } from './fixtures.js';

const BUTTON = `<button onclick="fetch('/api/clicked')">Add to cart</button><p>Some text</p>`;

/** A batch would wait far longer than the test: what comes, comes because the page was left. */
const SLOW: DocumentOptions = { tag: { 'flush-interval': 600_000 }, body: BUTTON };

test('the browser lacks what docs/browsers.md says, and has the rest', async ({ tab, site }) => {
  site.page('/', '<!doctype html>');
  await tab.goto(site.origin);

  expect(await tab.evaluate(whichAreMissing())).toEqual(LACKS.webkit);
});

test('a page load is a trace with its phases and requests', async ({ tab, site, collector }) => {
  site.serve('/products/7', { body: `<script>fetch('/api/products/7')</script>` });
  await tab.goto(`${site.origin}/products/7`);

  const request = await collector.waitForSpan(named('GET /api/products/:id'));
  const load = await collector.waitForSpan(named('page_load /products/:id'));
  expect(isChildOf(request, load)).toBe(true);
  expect(load.attributes['rootspan.end_reason']).toBe('quiet');
  expect(load.events.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['fetchStart', 'responseStart', 'domInteractive', 'loadEventEnd']),
  );
  expect(site.requests('/api/products')[0]?.headers.traceparent).toBe(traceparentOf(request));
});

test('an XMLHttpRequest carries the ids of its span, and its status', async ({ tab, site, collector }) => {
  site.serve('/');
  await tab.goto(site.origin);
  await tab.evaluate(
    () =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.onloadend = () => resolve(xhr.status);
        xhr.open('GET', '/api/orders/1?status=503');
        xhr.send();
      }),
  );

  const span = await collector.waitForSpan(named('GET /api/orders/:id'));
  expect(site.requests('/api/orders')[0]?.headers.traceparent).toBe(traceparentOf(span));
  expect(span.attributes).toMatchObject({ 'http.response.status_code': 503, 'error.type': '503' });
  expect(span.status.code).toBe(2);
});

test('a click is the parent of the request that it makes', async ({ tab, site, collector }) => {
  site.serve('/', { body: BUTTON });
  await tab.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  await tab.click('button');

  const request = await collector.waitForSpan(named('GET /api/clicked'));
  const click = await collector.waitForSpan(named('click Add to cart'));
  expect(isChildOf(request, click)).toBe(true);
});

test('a route change has a trace of its own, with its requests', async ({ tab, site, collector }) => {
  site.serve('/');
  await tab.goto(site.origin);
  const load = await collector.waitForSpan(named('page_load /'));
  await tab.evaluate(() => {
    history.pushState(null, '', '/cart');
    return fetch('/api/cart').then((response) => response.text());
  });

  const request = await collector.waitForSpan(named('GET /api/cart'));
  const route = await collector.waitForSpan(named('route_change /cart'));
  expect(isChildOf(request, route)).toBe(true);
  expect(route.traceId).not.toBe(load.traceId);
  expect(route.links.map(({ spanId }) => spanId)).toEqual([load.spanId]);
});

test('an uncaught error is in the trace of its page', async ({ tab, site, collector }) => {
  site.serve('/', { body: `<script>throw new TypeError('of the page')</script>` });
  await tab.goto(site.origin);

  const load = await collector.waitForSpan(named('page_load /'));
  const spans = () => collector.spans().filter(({ traceId }) => traceId === load.traceId);
  await expect
    .poll(() =>
      spans().flatMap(({ events }) => events.map(({ attributes }) => attributes['exception.message'])),
    )
    .toContain('of the page');
});

test('a page that is left sends all that has ended, and its vitals, each once', async ({
  tab,
  site,
  collector,
}) => {
  site.serve('/', SLOW);
  await tab.goto(site.origin);
  await tab.evaluate(() => {
    for (const name of ['one', 'two']) rootspan('span', name, () => {});
    // Told after the agent, which observes since before.
    return new Promise((resolve) =>
      new PerformanceObserver(() => setTimeout(resolve)).observe({ type: 'paint', buffered: true }),
    );
  });
  await tab.goto('about:blank');

  const vitals = await collector.waitForSpan(named('web-vitals'));
  await collector.waitForSpan(named('two'));
  const load = only(collector.spans(), 'page_load /');
  only(collector.spans(), 'one');
  expect(isChildOf(vitals, load)).toBe(true);
  expect(vitals.events.map(({ attributes }) => attributes['browser.web_vital.name'])).toEqual(
    expect.arrayContaining(['ttfb', 'fcp']),
  );
});

test('a tab that is closed loses nothing', async ({ tab, site, collector }) => {
  site.serve('/', SLOW);
  await tab.goto(site.origin);
  await tab.evaluate(() => rootspan('span', 'last', () => {}));
  await tab.close();

  await collector.waitForSpan(named('last'));
  only(collector.spans(), 'page_load /');
});

test('after stop nothing is patched any more', async ({ tab, site, collector }) => {
  site.serve('/', {
    head: `<script>window.before = [fetch, XMLHttpRequest.prototype.open, history.pushState, WebSocket]</script>`,
  });
  await tab.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  const isSame = `[fetch, XMLHttpRequest.prototype.open, history.pushState, WebSocket].map((each, index) => each === before[index])`;
  expect(await tab.evaluate(isSame)).toEqual([false, false, false, false]);
  await tab.evaluate(`void rootspan('stop')`);

  expect(await tab.evaluate(isSame)).toEqual([true, true, true, true]);
});
