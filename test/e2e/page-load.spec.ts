import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const meta = (traceparent: string, more = '') => `<meta name="traceparent" content="${traceparent}">${more}`;

test('a page load is a root span named by the template of its URL', async ({ open, collector, site }) => {
  await open('/products/42?sort=price&token=s3cret');

  const span = await collector.waitForSpan(named('page_load /products/:id'));
  expect(span).toMatchObject({ kind: 1, parentSpanId: undefined, scope: 'rootspan/document', links: [] });
  expect(span.attributes).toMatchObject({
    'rootspan.page_view.type': 'load',
    'rootspan.end_reason': 'quiet',
    'rootspan.sample_rate': 1,
    'url.template': '/products/:id',
    'url.full': `${site.origin}/products/42?sort=price&token=REDACTED`,
  });
});

test('a page load begins with the navigation and holds its phases in order', async ({ open, collector }) => {
  const page = await open('/');
  const origin = await page.evaluate(() => performance.timeOrigin);

  const { startTime, endTime, events } = await collector.waitForSpan(named('page_load /'));
  expect(startTime).toBeCloseTo(origin, 1);
  const names = events.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'fetchStart',
      'requestStart',
      'responseStart',
      'responseEnd',
      'domInteractive',
      'domContentLoadedEventEnd',
      'domComplete',
      'loadEventEnd',
    ]),
  );
  const times = events.map(({ time }) => time);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times[0]).toBeGreaterThanOrEqual(startTime);
  expect(times.at(-1)).toBeLessThanOrEqual(endTime);
});

test('the phases are at the times of Navigation Timing', async ({ open, collector }) => {
  const page = await open('/');
  const { events } = await collector.waitForSpan(named('page_load /'));
  const expected = await page.evaluate(
    (names) => {
      const entry = performance.getEntriesByType('navigation')[0] as unknown as Record<string, number>;
      return names.map((name) => performance.timeOrigin + Number(entry[name]));
    },
    events.map(({ name }) => name),
  );

  for (const [index, { time }] of events.entries()) expect(time).toBeCloseTo(expected[index] as number, 1);
});

test('the page load covers the requests that began while it loaded', async ({ open, collector }) => {
  const body = `<script>
    fetch('/api/config?delay=300').then((response) => {
      // Read, so that its end is known.
      response.text();
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/api/prices?delay=300');
      xhr.send();
    });
  </script>`;
  await open('/', { body });

  const root = only(collector.spans(), 'page_load /');
  for (const name of ['GET /api/config', 'GET /api/prices']) {
    const request = await collector.waitForSpan(named(name));
    expect(isChildOf(request, root)).toBe(true);
    expect(request.endTime).toBeLessThanOrEqual(root.endTime);
  }
});

test('every span carries the session and the page view', async ({ open, collector }) => {
  const page = await open('/', { body: "<script>fetch('/api/a')</script>" });
  await page.evaluate(async () => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/b');
    xhr.send();
    rootspan('span', 'custom', () => {});
    rootspan('recordException', new Error('on purpose'));
  });
  await Promise.all(
    ['GET /api/a', 'GET /api/b', 'custom', 'exception'].map((name) => collector.waitForSpan(named(name))),
  );
  await page.goto('about:blank');
  await collector.waitForSpan(named('web-vitals'));

  const facts = collector.spans().map(({ attributes }) => ({
    session: attributes['session.id'],
    view: attributes['rootspan.page_view.id'],
  }));
  expect(facts[0]?.session).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(facts[0]?.view).toMatch(/^[\da-f]{16}$/);
  expect(facts.filter((fact) => JSON.stringify(fact) !== JSON.stringify(facts[0]))).toEqual([]);
});

test('a page load continues the trace that the server names in the document', async ({ open, collector }) => {
  const state = '<meta name="tracestate" content="vendor=1,other=2">';
  await open('/', {
    head: meta(`00-${TRACE_ID}-${SPAN_ID}-01`, state),
    body: "<script>fetch('/api/a')</script>",
  });

  const root = only(collector.spans(), 'page_load /');
  const request = await collector.waitForSpan(named('GET /api/a'));
  expect(root).toMatchObject({ traceId: TRACE_ID, parentSpanId: SPAN_ID, traceState: 'vendor=1,other=2' });
  // 0x100: it is known whether the parent is remote; 0x200: it is.
  expect(root.flags).toBe(0x301);
  expect(root.attributes['rootspan.sample_rate']).toBe(1);
  expect(request.flags).toBe(0x101);
  expect(isChildOf(request, root)).toBe(true);
});

test('a trace that the server did not sample is linked, not continued', async ({ open, collector }) => {
  await open('/', { head: meta(`00-${TRACE_ID}-${SPAN_ID}-00`) });

  const root = only(collector.spans(), 'page_load /');
  expect(root.parentSpanId).toBeUndefined();
  expect(root.traceId).not.toBe(TRACE_ID);
  expect(root.links).toEqual([expect.objectContaining({ traceId: TRACE_ID, spanId: SPAN_ID })]);
});

const timing = (name: string) => ({
  'Server-Timing': `db;dur=3, ${name};desc="00-${TRACE_ID}-${SPAN_ID}-01"`,
});

for (const name of ['traceparent', 'trace']) {
  test(`a page load continues the trace that Server-Timing names as ${name}`, async ({
    page,
    site,
    collector,
  }) => {
    site.serve('/', {}, timing(name));
    await page.goto(site.origin);

    const root = await collector.waitForSpan(named('page_load /'));
    expect(root).toMatchObject({ traceId: TRACE_ID, parentSpanId: SPAN_ID });
  });
}

test('a document with a trace that the tab has had is linked to it', async ({ page, site, collector }) => {
  site.serve('/', { head: meta(`00-${TRACE_ID}-${SPAN_ID}-01`) });
  site.serve('/other');
  await page.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  await page.goto(`${site.origin}/other`);
  await collector.waitForSpan(named('page_load /other'));
  await page.goto(site.origin);

  const again = await collector.waitForSpan(isAgain);
  expect(again.parentSpanId).toBeUndefined();
  expect(again.links).toContainEqual(expect.objectContaining({ traceId: TRACE_ID, spanId: SPAN_ID }));
});

/** The page load of the server's page that does not continue its trace. */
const isAgain = ({ name, traceId }: { name: string; traceId: string }) =>
  name === 'page_load /' && traceId !== TRACE_ID;

test('a document from the cache of the browser is linked to the trace in it', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', { body: '<a href="/">Again</a>' }, { ...timing('trace'), 'Cache-Control': 'max-age=600' });
  await page.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  // As in another tab, which has not had the trace.
  await page.evaluate(() => sessionStorage.clear());
  await page.click('a');

  const again = await collector.waitForSpan(isAgain);
  expect(await page.evaluate(() => performance.getEntriesByType('navigation')[0])).toMatchObject({
    transferSize: 0,
  });
  expect(again.parentSpanId).toBeUndefined();
  expect(again.links).toEqual([expect.objectContaining({ traceId: TRACE_ID, spanId: SPAN_ID })]);
});

test('a reload with another trace continues that', async ({ page, site, collector }) => {
  site.serve('/', {}, timing('trace'));
  await page.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  const next = TRACE_ID.replace(/./, 'f');
  site.serve('/', { head: meta(`00-${next}-${SPAN_ID}-01`) });
  await page.reload();

  const root = await collector.waitForSpan(({ traceId, name }) => name === 'page_load /' && traceId === next);
  expect(root.parentSpanId).toBe(SPAN_ID);
});

test('a traceparent in the document that is none by the standard is not used', async ({
  page,
  site,
  collector,
}) => {
  const bad = ['', 'nonsense', `00-${'0'.repeat(32)}-${SPAN_ID}-01`, `ff-${TRACE_ID}-${SPAN_ID}-01`];
  for (const [index, text] of bad.entries()) {
    site.serve(`/page-${index}x`, { head: meta(text) });
    await page.goto(`${site.origin}/page-${index}x`);
    const root = await collector.waitForSpan(named(`page_load /page-${index}x`));
    expect(root.parentSpanId, text).toBeUndefined();
    // The page before, and nothing else.
    expect(root.links.map(({ attributes }) => attributes['rootspan.link'])).toEqual(
      index ? ['previous'] : [],
    );
  }
});

test('an agent that starts long after load still reports the whole page load', async ({
  page,
  site,
  collector,
}) => {
  site.page('/', '<!doctype html><script src="/rootspan.js"></script>');
  await page.goto(site.origin);
  const loadEnd = await page.evaluate(async () => {
    // The load event is over: an async script may come as late.
    await new Promise((resolve) => setTimeout(resolve, 50));
    rootspan('start', { flushInterval: 100 });
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return performance.timeOrigin + (entry?.loadEventEnd ?? 0);
  });

  const root = await collector.waitForSpan(named('page_load /'));
  expect(root.events.at(-1)?.name).toBe('loadEventEnd');
  expect(root.events.at(-1)?.time).toBeCloseTo(loadEnd, 1);
  expect(root.attributes['rootspan.end_reason']).toBe('quiet');
  // It was quiet long before.
  expect(root.endTime).toBeCloseTo(loadEnd, 1);
});

test('the application may name its route', async ({ page, site, collector }) => {
  site.serve('/shop/blue-shoes', {
    config:
      "routeName: ({ url, type }) => type === 'page' ? url.pathname.replace(/[^/]+$/, ':product') : undefined",
    body: "<script>fetch('/api/orders/77')</script>",
  });
  await page.goto(`${site.origin}/shop/blue-shoes`);

  await collector.waitForSpan(named('page_load /shop/:product'));
  await collector.waitForSpan(named('GET /api/orders/:id'));
});

test('setRoute renames the page view that is open', async ({ page, site, collector }) => {
  site.serve('/p/x', { body: "<script>rootspan('setRoute', '/p/[slug]')</script>" });
  await page.goto(`${site.origin}/p/x`);

  const { attributes } = await collector.waitForSpan(named('page_load /p/[slug]'));
  expect(attributes['url.template']).toBe('/p/[slug]');
});
