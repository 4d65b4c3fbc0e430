import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, type Site, take, test } from './support/fixtures.js';
import { buildLibrary } from './support/library.js';
import { named, only } from './support/spans.js';
import './support/window.js';

declare const library: typeof import('../../src/index.js');

// One build for all.
test.describe.configure({ mode: 'default' });
let script: string;
test.beforeAll(async () => {
  script = await buildLibrary('index');
});

/** Serves a page at `path` with the agent of the npm package; `config` is JavaScript. */
const serve = (site: Site, path: string, config: string, head = '') => {
  site.page('/library.js', script, { 'Content-Type': 'text/javascript' });
  const start = `agent = library.start({ flushInterval: 100, ${config} })`;
  site.page(
    path,
    `<!doctype html>${head}<script src="/library.js"></script><script>var ${start}</script><h1>A page</h1>`,
  );
};
const request = (page: Page, path: string) =>
  page.evaluate((url) => fetch(url).then((response) => response.text()), path);
const headersOf = (site: Site, path: string) => site.requests(path).map(({ headers }) => headers.traceparent);

const PROMOTE = 'sampleRate: 0, promote: library.promoteOn(library.onError)';

test('an error in an unsampled session delivers what led to it, and all that comes after', async ({
  page,
  context,
  site,
  collector,
  messages,
}) => {
  serve(site, '/', PROMOTE);
  serve(site, '/next', PROMOTE);
  await page.goto(site.origin);
  await request(page, '/api/before');
  await page.evaluate(() => agent.span('work', () => {}));
  expect(collector.requests()).toEqual([]);

  await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('promoting'))));
  const error = await collector.waitForSpan(named('exception'));
  expect(await take(messages, 1)).toEqual(['uncaught: promoting']);
  await request(page, '/api/after');
  await collector.waitForSpan(named('GET /api/after'));
  await collector.waitForSpan(named('page_load /'));

  const spans = collector.spans();
  const before = only(spans, 'GET /api/before');
  expect(before.startTime).toBeLessThan(error.startTime);
  expect(only(spans, 'work').attributes['rootspan.promoted']).toBe('error');
  expect(headersOf(site, '/api/before')).toEqual([undefined]);
  expect(headersOf(site, '/api/after')[0]).toMatch(/^00-.*-01$/);
  // Other pages and tabs follow.
  await page.goto(`${site.origin}/next`);
  const other = await context.newPage();
  await other.goto(`${site.origin}/next`);
  await expect.poll(() => collector.spans().filter(named('page_load /next'))).toHaveLength(2);
  const attributes = collector.spans().map((span) => span.attributes);
  expect(new Set(attributes.map((each) => each['rootspan.promoted']))).toEqual(new Set(['error']));
  expect(new Set(attributes.map((each) => each['session.id'])).size).toBe(1);
  // Counts by the rate do not know of it.
  expect(attributes.filter((each) => 'rootspan.sample_rate' in each)).toEqual([]);
});

test('of an unsampled session without an error nothing leaves, and nothing is stored', async ({
  page,
  site,
  collector,
}) => {
  serve(site, '/', PROMOTE);
  for (let visit = 0; visit < 2; visit++) {
    await page.goto(site.origin);
    await request(page, '/api/seen');
    await page.evaluate(() => agent.span('secret work', () => {}));
  }
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  const stats = await page.evaluate(async () => {
    await agent.flush();
    return agent.stats();
  });
  await page.goto('about:blank');

  expect(headersOf(site, '/api/seen')).toEqual([undefined, undefined]);
  expect(stored).not.toContain('secret');
  expect(stats).toMatchObject({ recorded: 0, sent: 0, waiting: 0 });
  expect(collector.requests()).toEqual([]);
});

test('what is held takes no more than 300 KiB of memory', async ({ page, site, collector }) => {
  needs('the DevTools protocol');
  serve(site, '/', PROMOTE);
  await page.goto(site.origin);
  const client = await page.context().newCDPSession(page);
  const heap = async () => {
    for (let round = 0; round < 2; round++) await client.send('HeapProfiler.collectGarbage');
    return (await client.send('Runtime.getHeapUsage')).usedSize;
  };
  const make = (prefix: string) =>
    page.evaluate((text) => {
      for (let number = 0; number < 5000; number++) {
        const span = agent.startSpan(`${text} ${number}`, { parent: null });
        for (let key = 0; key < 16; key++)
          span.setAttribute(`key.${key}`, `${text} ${number} é ж of ${key} `.repeat(9));
        span.end();
      }
    }, prefix);
  // Once with little in it, so that the code is compiled.
  await page.evaluate(() => {
    for (let number = 0; number < 5000; number++) agent.startSpan('x', { parent: null }).end();
  });
  const before = await heap();
  await make('held');

  expect((await heap()) - before).toBeLessThan(300 * 1024);
  expect(collector.requests()).toEqual([]);
});

test('a loop of spans is cut to the maximum, whole traces first, and all are accounted for', async ({
  page,
  site,
  collector,
}) => {
  serve(site, '/', 'maxSpansPerMinute: 100');
  await page.goto(site.origin);
  await page.evaluate(() => {
    for (let number = 0; number < 500; number++) {
      const root = agent.startSpan('root', { parent: null });
      agent.startSpan('child', { parent: root.spanContext() }).end();
      root.end();
    }
  });

  await expect.poll(() => page.evaluate(() => agent.stats().waiting)).toBe(0);
  const stats = await page.evaluate(() => agent.stats());
  expect(stats.dropped.rate).toBeGreaterThan(400);
  // The page load may have ended since.
  expect(stats.recorded).toBe(stats.sent + stats.waiting + (stats.dropped.rate ?? 0));
  const roots = collector.spans().filter(named('root'));
  expect(roots.length).toBeGreaterThan(30);
  expect(collector.spans().length).toBeLessThanOrEqual(101);
  const ids = new Set(roots.map(({ spanId }) => spanId));
  const children = collector.spans().filter(named('child'));
  expect(children.filter(({ parentSpanId }) => !ids.has(`${parentSpanId}`))).toEqual([]);
  expect(children).toHaveLength(roots.length);
});

const SERVER = '4bf92f3577b34da6a3ce929d0e0e4736';
const meta = (flags: string) => `<meta name="traceparent" content="00-${SERVER}-00f067aa0ba902b7-${flags}">`;

test('the session decides before the server', async ({ page, site, collector }) => {
  serve(site, '/', '', meta('00'));
  await page.goto(site.origin);

  const load = await collector.waitForSpan(named('page_load /'));
  expect(load).toMatchObject({ parentSpanId: undefined, links: [{ traceId: SERVER }] });
  expect(load.traceId).not.toBe(SERVER);
});

test('with parentBased a page load that the server did not sample is not recorded, the next route is', async ({
  page,
  site,
  collector,
}) => {
  serve(site, '/', 'parentBased: true', meta('00'));
  await page.goto(site.origin);
  await request(page, '/api/quiet');
  await page.evaluate(() => history.pushState({}, '', '/next'));

  await collector.waitForSpan(named('route_change /next'));
  expect(collector.spans().filter(({ traceId, name }) => traceId === SERVER || /load/.test(name))).toEqual(
    [],
  );
});

test('with parentBased a page load that the server did sample is recorded in an unsampled session', async ({
  page,
  site,
  collector,
}) => {
  serve(site, '/', 'parentBased: true, sampleRate: 0', meta('01'));
  await page.goto(site.origin);
  await page.evaluate(() => history.pushState({}, '', '/next'));

  const load = await collector.waitForSpan(named('page_load /'));
  expect(load).toMatchObject({ traceId: SERVER, parentSpanId: '00f067aa0ba902b7' });
  // Its rate is the server's, which the page does not know.
  expect(load.attributes).not.toHaveProperty('rootspan.sample_rate');
  await page.goto('about:blank');
  expect(collector.spans().filter(named('route_change /next'))).toEqual([]);
});

test('consistentSampling tells rate and random value of the session, to own targets alone', async ({
  page,
  site,
  collector,
}) => {
  serve(site, '/', 'consistentSampling: library.consistentSampling');
  for (let visit = 1; visit < 3; visit++) {
    await page.goto(site.origin);
    await request(page, '/api/own');
    await page.evaluate(
      (url) => fetch(url, { mode: 'no-cors' }).then(() => {}),
      `${site.otherOrigin}/api/foreign`,
    );
    await expect.poll(() => collector.spans().filter(named('GET /api/own'))).toHaveLength(visit);
  }

  const states = site.requests('/api/own').map(({ headers }) => headers.tracestate);
  expect(states[0]).toMatch(/^ot=th:0;rv:[\da-f]{14}$/);
  expect(new Set(states).size).toBe(1);
  expect(new Set(collector.spans().map(({ traceState }) => traceState))).toEqual(new Set(states));
  expect(site.requests('/api/foreign').map(({ headers }) => headers.tracestate)).toEqual([
    undefined,
    undefined,
  ]);
});

test('a sampler keeps test runs out, and the resource tells of them', async ({ page, site, collector }) => {
  serve(site, '/', 'sampler: ({ isSynthetic }) => !isSynthetic');
  // As robots that are driven say it; Playwright's own browser may hide it.
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { value: true }));
  await page.goto(site.origin);
  expect(await page.evaluate(() => agent.session()?.sampled)).toBe(false);
  serve(site, '/', '');
  await page.evaluate(() => localStorage.clear());
  await page.goto(`${site.origin}/?again`);

  const load = await collector.waitForSpan(named('page_load /'));
  expect(load.resource['user_agent.synthetic.type']).toBe('test');
});
