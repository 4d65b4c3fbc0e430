import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CollectorOptions, startCollector } from './support/collector.js';
import { expectSame } from './support/compare.js';
import { type Site, startSite } from './support/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

const collectorFor = async (options: Partial<CollectorOptions> = {}) => {
  const collector = await startCollector({ allowedOrigin: site.origin, ...options });
  onTestFinished(() => collector.stop());
  return collector;
};

test('a visit arrives as the page recorded it: every span, attribute, event and link', async () => {
  const collector = await collectorFor();
  site.serve(
    '/',
    `endpoint: '${collector.origin}', serviceName: 'shop-web', resource: { 'deployment.environment.name': 'test' }`,
  );
  const { page, messages, leave } = await site.visit('/');
  await page.evaluate(async () => {
    await (await fetch('/api/orders/12?status=500')).text();
    await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = resolve;
      request.open('POST', '/api/orders');
      request.send('{}');
    });
    const other = agent.startSpan('other', { parent: null });
    agent.span('check out', (span) => {
      span.setAttributes({
        ...{
          text: 'Grüße, 世界 \u2028 "\\',
          empty: '',
          yes: true,
          whole: 12,
          part: 0.1,
          below: -7,
          large: 2 ** 53 - 1,
        },
        ...{ texts: ['a', ''], numbers: [1, 2.5], flags: [true, false], none: [] },
      });
      span.addEvent('paid', { amount: 12.5 });
      span.addEvent('bare');
      span.addLink({ context: other.spanContext(), attributes: { reason: 'retry' } });
      span.setStatus({ code: 2, message: 'declined' });
    });
    other.end();
    agent.recordException(new TypeError('of the page'));
    history.pushState({}, '', '/cart');
    await (await fetch('/api/cart')).text();
  });
  const recorded = await leave();

  const spans = await collector.waitForSpans(({ length }) => length >= recorded.length);
  expectSame(spans, recorded);
  expect(spans.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'page_load /',
      'route_change /cart',
      'POST /api/orders',
      'check out',
      'web-vitals',
    ]),
  );
  expect(spans.flatMap(({ events }) => events).map(({ name }) => name)).toContain('exception');
  expect(spans[0]?.resource).toMatchObject({
    'service.name': 'shop-web',
    'telemetry.sdk.name': 'rootspan',
    'deployment.environment.name': 'test',
  });
  expect(messages).toEqual([]);
});

test('log records arrive with the trace that they belong to', async () => {
  const collector = await collectorFor();
  site.serve('/', `endpoint: '${collector.origin}', logs: true`);
  const { page, leave } = await site.visit('/');
  const traceparent = await page.evaluate(() => {
    agent.log('warn', 'stock is low', { 'product.id': 'p-7', left: 2 });
    return agent.traceparent();
  });
  await leave();

  const logs = await collector.waitForLogs((records) => records.some(({ body }) => body === 'stock is low'));
  const record = logs.find(({ body }) => body === 'stock is low');
  expect(record).toMatchObject({ level: 'warn', severity: 13, attributes: { 'product.id': 'p-7', left: 2 } });
  expect(`00-${record?.traceId}-${record?.spanId}-01`).toBe(traceparent);
});

describe('allowed_origins', () => {
  /** What a page can do with a collector that answers CORS like that. */
  const CASES = {
    'the page’s own origin': { allowed: () => site.origin, fetch: true, beacon: true },
    'a pattern': { allowed: () => '"http://*"', fetch: true, beacon: true },
    'another origin': { allowed: () => 'https://shop.example.com', fetch: false, beacon: false },
    // A beacon carries credentials; for those browsers refuse the star.
    '*': { allowed: () => '"*"', fetch: true, beacon: false },
  };

  test.each(Object.entries(CASES))('%s: what arrives by fetch, and by beacon', async (_, expected) => {
    const collector = await collectorFor({ allowedOrigin: expected.allowed() });
    site.serve('/', `endpoint: '${collector.origin}'`);
    const { page, messages } = await site.visit('/');

    const result = await page.evaluate(async () => {
      agent.startSpan('by the agent').end();
      await agent.flush();
      return agent.stats();
    });
    const outcome = Promise.race([
      page.waitForEvent('requestfailed', (request) => request.resourceType() === 'ping').then(() => false),
      page.waitForEvent('requestfinished', (request) => request.resourceType() === 'ping').then(() => true),
    ]);
    const isQueued = await page.evaluate(
      (url) => navigator.sendBeacon(url, new Blob(['{"resourceSpans":[]}'], { type: 'application/json' })),
      `${collector.origin}/v1/traces`,
    );

    expect(isQueued).toBe(true);
    expect(await outcome).toBe(expected.beacon);
    expect(result.sent > 0).toBe(expected.fetch);
    expect(result.recorded).toBe(result.sent + result.waiting + result.stored);
    if (expected.fetch)
      await collector.waitForSpans((spans) => spans.some(({ name }) => name === 'by the agent'));
    else expect(collector.spans()).toEqual([]);
    expect(messages).toEqual([]);
  });
});

test('bodies that the agent has packed are accepted', async () => {
  const collector = await collectorFor();
  site.serve('/', `endpoint: '${collector.origin}', compression: 'gzip'`);
  const { page } = await site.visit('/');
  const encodings: (string | undefined)[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') encodings.push(request.headers()['content-encoding']);
  });

  const stats = await page.evaluate(async () => {
    await agent.flush();
    for (let count = 0; count < 30; count++) agent.startSpan('packed').end();
    await agent.flush();
    return agent.stats();
  });

  expect(encodings).toContain('gzip');
  expect(stats.dropped).toEqual({});
  await collector.waitForSpans((spans) => spans.filter(({ name }) => name === 'packed').length === 30);
});

test('spans of a body over max_request_body_size are counted as rejected, and later ones arrive', async () => {
  const collector = await collectorFor({
    changes: { 'max_request_body_size: 1048576': 'max_request_body_size: 8192' },
  });
  site.serve('/', `endpoint: '${collector.origin}'`);
  const { page, messages } = await site.visit('/');

  const dropped = await page.evaluate(async () => {
    await agent.flush();
    const span = agent.startSpan('large');
    for (let key = 0; key < 40; key++) {
      // Random, so that compression does not help.
      span.setAttribute(`key.${key}`, Array.from({ length: 25 }, () => crypto.randomUUID()).join());
    }
    span.end();
    agent.startSpan('small').end();
    // Where the Collector cuts the connection before its answer is read, the agent waits and tries again.
    while (agent.stats().waiting) {
      await agent.flush();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return agent.stats().dropped;
  });

  expect(dropped).toEqual({ rejected: 1 });
  const spans = await collector.waitForSpans((all) => all.some(({ name }) => name === 'small'));
  expect(spans.map(({ name }) => name)).not.toContain('large');
  expect(messages).toEqual([]);
});
