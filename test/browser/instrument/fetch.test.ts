import { expect, inject, onTestFinished, test } from 'vitest';
import { traceFetch } from '../../../src/instrument/fetch.js';
import { traceXhr } from '../../../src/instrument/xhr.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

interface Echo {
  method: string;
  headers: Record<string, string>;
  /** Names and values in turn, as on the wire. */
  rawHeaders: string[];
  body: string;
}
const read = async (response: Response): Promise<Echo> => response.json();

/** What the server saw, without the header that the agent adds. */
const withoutOurs = ({ method, rawHeaders, body }: Echo) => {
  const ours = rawHeaders.indexOf('traceparent');
  return { method, body, rawHeaders: ours < 0 ? rawHeaders : rawHeaders.toSpliced(ours, 2) };
};

test('the server gets the ids of the span', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const { headers } = await read(await fetch('/api/orders/7'));

  const { traceId, spanId, name, scope, kind } = await nextSpan();
  expect(headers.traceparent).toBe(`00-${traceId}-${spanId}-01`);
  expect([name, scope, kind]).toEqual(['GET /api/orders/:id', 'fetch', 3]);
});

const SHAPES: Record<string, () => Parameters<typeof fetch>> = {
  'a URL object': () => [new URL('/api/echo', location.href)],
  'no headers': () => ['/api/echo', { method: 'POST', body: 'text' }],
  'a Headers object': () => ['/api/echo', { headers: new Headers({ 'X-A': '1' }) }],
  'a list of pairs': () => ['/api/echo', { headers: [['X-A', '1']] }],
  'a Map': () => ['/api/echo', { headers: new Map([['X-A', '1']]) as unknown as HeadersInit }],
  'a record': () => ['/api/echo', { headers: { 'X-A': '1' } }],
  'a frozen init': () => ['/api/echo', Object.freeze({ headers: Object.freeze({ 'X-A': '1' }) })],
  'a Request': () => [new Request('/api/echo', { method: 'PUT', body: 'text', headers: { 'X-A': '1' } })],
  'a Request and an init': () => [new Request('/api/echo'), { headers: { 'X-A': '1' } }],
  'a Request and an empty init': () => [new Request('/api/echo', { headers: { 'X-A': '1' } }), {}],
};

for (const [shape, make] of Object.entries(SHAPES)) {
  test(`${shape} arrives as without the agent, with one header more`, async () => {
    const without = await read(await fetch(...make()));
    const { nextSpan } = runInstrumentation(traceFetch());
    const seen = await read(await fetch(...make()));

    const { traceId, spanId } = await nextSpan();
    expect(seen.headers.traceparent).toBe(`00-${traceId}-${spanId}-01`);
    expect(withoutOurs(seen)).toEqual(withoutOurs(without));
  });
}

test('objects of the page are not changed', async () => {
  runInstrumentation(traceFetch());
  const headers = new Headers({ 'X-A': '1' });
  const init = { method: 'POST', headers, body: 'text' };
  const request = new Request('/api/echo', init);
  await fetch('/api/echo', init);
  await fetch(request);

  expect(init).toEqual({ method: 'POST', headers, body: 'text' });
  expect([...headers.keys(), ...request.headers.keys()].filter((name) => /^trace/.test(name))).toEqual([]);
});

test("the page's own traceparent wins", async () => {
  runInstrumentation(traceFetch());
  const own = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
  const seen = [
    await read(await fetch('/api/echo', { headers: { TraceParent: own } })),
    await read(await fetch('/api/echo', { headers: [['TRACEPARENT', own]] })),
    await read(await fetch(new Request('/api/echo', { headers: { traceparent: own } }))),
  ];

  expect(seen.map(({ headers }) => headers.traceparent)).toEqual([own, own, own]);
});

test('another origin gets no header', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const { headers } = await read(await fetch(`${inject('otherOrigin')}/api/echo`));

  expect((await nextSpan()).attributes['http.response.status_code']).toBe(200);
  expect(headers.traceparent).toBeUndefined();
});

test('an opaque response has no status code and is no error', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  await fetch(`${inject('otherOrigin')}/api/echo`, { mode: 'no-cors' });

  const { attributes, status } = await nextSpan();
  expect([attributes['http.response.status_code'], attributes['error.type'], status]).toEqual([
    undefined,
    undefined,
    0,
  ]);
});

test('a failure reaches the page as the very same error as without the agent', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const error = await fetch('/api/x?close=1').catch((reason) => reason);

  expect(error).toBeInstanceOf(TypeError);
  expect(await nextSpan()).toMatchObject({ status: 2, attributes: { 'error.type': 'TypeError' } });
});

test('a reason given to abort reaches the page, and is no error of the span', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const controller = new AbortController();
  const promise = fetch('/api/x?hang=1', { signal: controller.signal });
  const reason = { mine: true };
  controller.abort(reason);

  expect(await promise.catch((given) => given)).toBe(reason);
  expect(await nextSpan()).toMatchObject({ status: 0, attributes: { 'rootspan.aborted': true } });
});

test('a fetch that nobody catches is reported as unhandled', async () => {
  runInstrumentation(traceFetch());
  const reason = await new Promise((resolve) => {
    const listener = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      resolve(event.reason);
    };
    addEventListener('unhandledrejection', listener, { capture: true, once: true });
    void fetch('/api/x?close=1');
  });

  expect(reason).toBeInstanceOf(TypeError);
});

for (const url of ['data:text/plain,x', 'blob:nothing', 'about:blank']) {
  test(`${url} has no span`, async () => {
    const { nextSpan, spans } = runInstrumentation(traceFetch());
    await fetch(url).catch(() => {});
    await fetch('/api/last');
    await nextSpan();

    expect(spans).toHaveLength(1);
  });
}

test('the method is written as the browser sends it', async () => {
  const { nextSpan } = runInstrumentation(traceFetch());
  const seen: unknown[] = [];
  for (const method of ['post', 'patch', 'Custom']) {
    await fetch('/api/x', { method });
    const { name, attributes } = await nextSpan();
    seen.push([name, attributes['http.request.method'], attributes['http.request.method_original']]);
  }

  expect(seen).toEqual([
    ['POST /api/x', 'POST', 'post'],
    ['HTTP /api/x', '_OTHER', 'patch'],
    ['HTTP /api/x', '_OTHER', 'Custom'],
  ]);
});

test('a fetch that is written upon XMLHttpRequest is one request', async () => {
  const native = window.fetch;
  window.fetch = (input) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onload = () => resolve(new Response(xhr.responseText, { status: xhr.status }));
      xhr.open('GET', String(input));
      xhr.send();
    });
  onTestFinished(() => {
    window.fetch = native;
  });
  const { nextSpan, spans, stop } = runInstrumentation([traceFetch(), traceXhr()]);
  const { headers } = await read(await fetch('/api/polyfill'));
  await nextSpan();
  stop();

  expect(spans.map(({ name }) => name)).toEqual(['GET /api/polyfill']);
  expect(headers.traceparent ?? '').not.toContain(',');
});
