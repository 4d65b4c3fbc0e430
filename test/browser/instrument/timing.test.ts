import { expect, inject, onTestFinished, test } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { traceFetch } from '../../../src/instrument/fetch.js';
import { traceXhr } from '../../../src/instrument/xhr.js';
import type { SpanRecord } from '../../../src/types.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

/** Reads the body to its end, as pages do. */
const get = async (url: string, init?: RequestInit): Promise<string> => (await fetch(url, init)).text();

const send = (url: string): Promise<unknown> =>
  new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.onloadend = resolve;
    xhr.open('GET', url);
    xhr.send();
  });

/** The entries of a URL in the order in which their requests began. */
const entriesOf = (part: string): PerformanceResourceTiming[] =>
  (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) =>
    name.includes(part),
  );

const endOf = ({ responseEnd }: PerformanceResourceTiming): number => performance.timeOrigin + responseEnd;
const ascending = (a: number, b: number): number => a - b;
const byStart = (a: SpanRecord, b: SpanRecord): number => a.startTime - b.startTime;

for (const [way, request] of [
  ['fetch', get],
  ['XMLHttpRequest', send],
] as const) {
  test(`the span of a ${way} covers a body that comes slowly`, async () => {
    const { nextSpan } = runInstrumentation([traceFetch(), traceXhr()]);
    await request(`/api/slow-${way}?stream=6&interval=30`);

    const { startTime, endTime, attributes } = await nextSpan();
    const [entry] = entriesOf(`slow-${way}`);
    expect(endTime).toBeCloseTo(endOf(entry as PerformanceResourceTiming), 0);
    expect(endTime - startTime).toBeGreaterThan(100);
    expect(attributes).toMatchObject({
      'http.response.status_code': 200,
      'http.response.body.size': 96,
      'network.protocol.version': '1.1',
      'rootspan.phase.wait_ms': expect.any(Number),
      'rootspan.phase.receive_ms': expect.any(Number),
    });
  });
}

test('requests of one URL at once have an entry each', async () => {
  const { nextSpan } = runInstrumentation([traceFetch(), traceXhr()]);
  const url = '/api/same?stream=3&interval=20';
  await Promise.all([get(url), send(url), get(url), get(url), send(url)]);
  const spans = [];
  for (let count = 0; count < 5; count++) spans.push(await nextSpan());

  const ends = entriesOf('/api/same').map(endOf).sort(ascending);
  const told = spans.map(({ endTime }) => endTime).sort(ascending);
  expect(told).toEqual(ends.map((end) => expect.closeTo(end, 1)));
});

test('of two requests of one URL each has its own entry, whichever ends first', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const tick = () => new Promise((resolve) => setTimeout(resolve, 5));
  const controller = new AbortController();
  const first = get('/api/twice?hang=1', { signal: controller.signal }).catch(() => {});
  await tick();
  const second = get('/api/twice?hang=1', { signal: AbortSignal.timeout(30) }).catch(() => {});
  await second;
  const ended = await nextSpan();
  controller.abort();
  await first;
  const [begun] = [await nextSpan(), ended].sort(byStart);

  expect(begun?.attributes['rootspan.aborted']).toBe(true);
  expect(ended.attributes['error.type']).toBe('timeout');
});

test('a fragment is no part of the request', async () => {
  const { nextSpan } = runInstrumentation([traceFetch(), traceXhr()]);
  await get('/api/part#one');
  await send('/api/part#two');

  expect((await nextSpan()).attributes['http.response.body.size']).toBeGreaterThan(0);
  expect((await nextSpan()).attributes['http.response.body.size']).toBeGreaterThan(0);
});

test('the time of a redirect is a phase', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  await get('/api/from?redirect=/api/to');

  expect((await nextSpan()).attributes['rootspan.phase.redirect_ms']).toBeGreaterThan(0);
});

test('another origin tells its end, and the rest only where it allows', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const origin = inject('otherOrigin');
  await fetch(`${origin}/api/shut?cors=no`, { mode: 'no-cors' });
  await get(`${origin}/api/open?header=Timing-Allow-Origin:*`);
  const shut = await nextSpan(({ name }) => name.includes('/api/shut'));
  const open = await nextSpan(({ name }) => name.includes('/api/open'));

  const told = ({ attributes }: SpanRecord) =>
    Object.keys(attributes).filter((key) => /phase|size|network/.test(key));
  expect(shut.endTime).toBeCloseTo(endOf(entriesOf('/api/shut')[0] as PerformanceResourceTiming), 0);
  expect(told(shut)).toEqual([]);
  expect(told(open)).toContain('rootspan.phase.wait_ms');
});

test('an answer from the cache is marked', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const url = `/api/kept?header=Cache-Control:max-age=60&${Math.random()}`;
  await get(url);
  await get(url);
  const [first, second] = [await nextSpan(), await nextSpan()];

  expect(first.attributes['rootspan.cache']).toBeUndefined();
  expect(second.attributes['rootspan.cache']).toBe('hit');
});

test('an answer that the server has confirmed is marked', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const url = `/api/tagged?header=Cache-Control:no-cache&etag=1&${Math.random()}`;
  await get(url);
  await get(url);
  await nextSpan();

  expect((await nextSpan()).attributes['rootspan.cache']).toBe('validated');
});

for (const [what, url, init] of [
  ['status 204', '/api/x?status=204', {}],
  ['HEAD', '/api/x', { method: 'HEAD' }],
] as const) {
  test(`${what} has no body, and an entry all the same`, async () => {
    const { nextSpan } = runInstrumentation(traceFetch());
    await fetch(url, init);

    expect((await nextSpan()).attributes['rootspan.phase.wait_ms']).toBeGreaterThan(0);
  });
}

test('a body that nobody reads does not keep the span, nor the page view', async () => {
  const { nextSpan } = runInstrumentation([traceDocument(), traceFetch()]);
  const response = await fetch('/api/unread?endless=1');
  const view = await nextSpan();
  const span = await nextSpan();

  expect([view.scope, span.name]).toEqual(['document', 'GET /api/unread']);
  expect(view.attributes['rootspan.end_reason']).toBe('quiet');
  expect(response.bodyUsed).toBe(false);
  await response.body?.cancel();
});

test('a response that a link has preloaded ends at once', async () => {
  const link = document.createElement('link');
  onTestFinished(() => link.remove());
  Object.assign(link, { rel: 'preload', as: 'fetch', href: '/api/preloaded', crossOrigin: 'anonymous' });
  await new Promise((resolve) => {
    link.onload = resolve;
    document.head.append(link);
  });
  const { nextSpan } = runInstrumentation(traceFetch());
  await get('/api/preloaded');

  expect((await nextSpan(undefined, 500)).attributes['http.response.status_code']).toBe(200);
});

test('a response that a script has made is not waited for', async () => {
  const native = window.fetch;
  window.fetch = async (...args) => new Response(new Request(...args).url);
  onTestFinished(() => {
    window.fetch = native;
  });
  const { nextSpan } = runInstrumentation(traceFetch());
  await get('/api/made');

  expect((await nextSpan(undefined, 2000)).name).toBe('GET /api/made');
});

test('an agent that stops ends what has its answer', async () => {
  const { spans, stop } = runInstrumentation(traceFetch());
  const response = await fetch('/api/stopped?endless=1');
  stop();

  expect(spans.map(({ name }) => name)).toEqual(['GET /api/stopped']);
  await response.body?.cancel();
});

test("the server's metrics are attributes, and its span is linked", async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const server = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const header = `db;dur=53.2, cache;desc="HIT", traceparent;desc="${server}"`;
  await get(`/api/served?header=${encodeURIComponent(`Server-Timing:${header}`)}`);

  const { attributes, links } = await nextSpan();
  expect(attributes).toMatchObject({
    'rootspan.server_timing.db_ms': 53.2,
    'rootspan.server_timing.cache': 'HIT',
  });
  expect(links?.map(({ context }) => [context.traceId, context.spanId])).toEqual([
    ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'],
  ]);
  expect(Object.keys(attributes).filter((key) => key.includes('traceparent'))).toEqual([]);
});

test('a metric of the server whose name is longer than 100 characters is left out', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const [long, longer] = ['m'.repeat(100), 'm'.repeat(101)];
  const header = `${longer};dur=2;desc="x", ${long};dur=1`;
  await get(`/api/named?header=${encodeURIComponent(`Server-Timing:${header}`)}`);

  const { attributes } = await nextSpan();
  expect(Object.keys(attributes).filter((key) => key.includes('server_timing'))).toEqual([
    `rootspan.server_timing.${long}_ms`,
  ]);
});
