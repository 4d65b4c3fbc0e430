import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { traceXhr } from '../../../src/instrument/xhr.js';
import { replaceClass } from '../../support/replace-class.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

interface Options {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  prepare?: (xhr: XMLHttpRequest) => void;
}

/** Sends and waits for the end, whatever that is. */
const send = (
  url: string,
  { method = 'GET', headers = {}, body, prepare }: Options = {},
): Promise<XMLHttpRequest> =>
  new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.onloadend = () => resolve(xhr);
    xhr.open(method, url);
    for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
    prepare?.(xhr);
    xhr.send(body ?? null);
  });

const seenBy = ({ responseText }: XMLHttpRequest): { headers: Record<string, string>; body: string } =>
  JSON.parse(responseText);

test('the server gets the ids of the span', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  const { headers, body } = seenBy(await send('/api/orders/7', { method: 'post', body: 'text' }));

  const { traceId, spanId, name, scope, kind, attributes } = await nextSpan();
  expect(headers.traceparent).toBe(`00-${traceId}-${spanId}-01`);
  expect([name, scope, kind, body]).toEqual(['POST /api/orders/:id', 'xhr', 3, 'text']);
  expect(attributes['http.response.status_code']).toBe(200);
});

test("the page's own traceparent wins", async () => {
  runInstrumentation(traceXhr());
  const own = `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;

  expect(seenBy(await send('/api/x', { headers: { TraceParent: own } })).headers.traceparent).toBe(own);
});

test('another origin gets no header', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  const { headers } = seenBy(await send(`${inject('otherOrigin')}/api/x`));
  await nextSpan();

  expect(headers.traceparent).toBeUndefined();
});

test('each use of one object is a span', async () => {
  const { nextSpan, spans } = runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();
  for (const path of ['/api/one', '/api/two', '/api/three']) {
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.open('GET', path);
      xhr.send();
    });
    await nextSpan();
  }

  expect(spans.map(({ name }) => name)).toEqual(['GET /api/one', 'GET /api/two', 'GET /api/three']);
  expect(Object.keys(xhr)).toEqual([]);
});

test('a request that is opened again under way has ended', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/first?hang=1');
  xhr.send();
  xhr.open('GET', '/api/second');
  const first = await nextSpan();
  xhr.send();

  expect([first.name, first.attributes['rootspan.aborted']]).toEqual(['GET /api/first', true]);
  expect((await nextSpan()).name).toBe('GET /api/second');
});

test('a synchronous request stays synchronous and has a span', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/sync', false);
  xhr.send();

  expect(xhr.status).toBe(200);
  expect((await nextSpan()).attributes['http.response.status_code']).toBe(200);
});

test('an undefined third argument means synchronous, as without the agent', () => {
  runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/sync', undefined as unknown as boolean);
  xhr.send();

  expect(xhr.readyState).toBe(XMLHttpRequest.DONE);
});

test('a synchronous request that fails throws, and its span is an error', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/sync?close=1', false);

  expect(() => xhr.send()).toThrow(DOMException);
  expect(await nextSpan()).toMatchObject({ status: 2, attributes: { 'error.type': 'NetworkError' } });
});

const ENDS: Record<string, { url: string; prepare?: Options['prepare']; status: number; expected: object }> =
  {
    'a status of 404': { url: '/api/x?status=404', status: 2, expected: { 'error.type': '404' } },
    'a failing network': { url: '/api/x?close=1', status: 2, expected: { 'error.type': 'NetworkError' } },
    'a timeout': {
      url: '/api/x?hang=1',
      prepare: (xhr) => {
        xhr.timeout = 50;
      },
      status: 2,
      expected: { 'error.type': 'timeout' },
    },
    'an abort': {
      url: '/api/x?hang=1',
      prepare: (xhr) => queueMicrotask(() => xhr.abort()),
      status: 0,
      expected: { 'rootspan.aborted': true },
    },
  };

for (const [end, { url, prepare, status, expected }] of Object.entries(ENDS)) {
  test(`${end} ends the span once`, async () => {
    const { nextSpan, spans } = runInstrumentation(traceXhr());
    await send(url, prepare ? { prepare } : {});

    expect(await nextSpan()).toMatchObject({ status, attributes: expected });
    expect(spans).toHaveLength(1);
  });
}

for (const type of ['', 'text', 'json', 'blob', 'arraybuffer', 'document'] as const) {
  test(`a response of type "${type}" is left alone`, async () => {
    const { nextSpan } = runInstrumentation(traceXhr());
    const xhr = await send('/api/x', {
      prepare: (given) => {
        given.responseType = type;
      },
    });

    expect((await nextSpan()).attributes['http.response.status_code']).toBe(200);
    expect(xhr.responseType).toBe(type);
  });
}

test('a subclass, a frozen object and a URL object work as without the agent', async () => {
  const { nextSpan } = runInstrumentation(traceXhr());
  class Own extends XMLHttpRequest {}
  const xhr = Object.freeze(new Own());
  const done = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
  xhr.open('GET', new URL('/api/object', location.href));
  xhr.send();
  await done;

  expect((await nextSpan()).name).toBe('GET /api/object');
});

test("errors of wrong use are the browser's own", () => {
  runInstrumentation(traceXhr());
  const xhr = new XMLHttpRequest();

  expect(() => xhr.send()).toThrow(/InvalidState|must be OPENED/);
  expect(() => xhr.open('CONNECT', '/api/x')).toThrow(/SecurityError|unsafe|CONNECT/);
  expect(() => (xhr.open as (method: string) => void)('GET')).toThrow(TypeError);
  expect(() => XMLHttpRequest.prototype.send.call({} as XMLHttpRequest)).toThrow(TypeError);
});

test('a request opened before the agent began is sent all the same', async () => {
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/api/early');
  const { spans } = runInstrumentation(traceXhr());
  await new Promise((resolve) => {
    xhr.onloadend = resolve;
    xhr.send();
  });

  expect(xhr.status).toBe(200);
  expect(spans).toEqual([]);
});

const replace = (make: (native: typeof XMLHttpRequest) => typeof XMLHttpRequest): void =>
  replaceClass('XMLHttpRequest', make);

const REPLACED: Record<string, (native: typeof XMLHttpRequest) => typeof XMLHttpRequest> = {
  'a class that extends it': (native) => class extends native {},
  'a class with an open and a status of its own': (native) =>
    class extends native {
      override open(...[method, url]: [string, string | URL]) {
        super.open(method, url);
      }
      override get status() {
        return 7;
      }
    },
  'a class that holds one': (native) =>
    // it has all that is used below
    class {
      inner = new native();
      open = (method: string, url: string) => this.inner.open(method, url);
      send = () => this.inner.send();
      set onloadend(listener: () => void) {
        this.inner.onloadend = listener;
      }
    } as unknown as typeof XMLHttpRequest,
};

for (const [what, make] of Object.entries(REPLACED)) {
  for (const when of ['before', 'after']) {
    // There is nothing of the browser's to be found then.
    if (when === 'before' && what.endsWith('holds one')) continue;
    test(`${what}, put in its place ${when} the agent, has spans that are right`, async () => {
      if (when === 'before') replace(make);
      const { nextSpan, spans, stop } = runInstrumentation(traceXhr());
      if (when === 'after') replace(make);
      await send('/api/one?status=201');
      await send('/api/two?status=500');

      const [one, two] = [await nextSpan(), await nextSpan()];
      expect([one.name, two.name]).toEqual(['GET /api/one', 'GET /api/two']);
      expect(one.attributes['http.response.status_code']).toBe(201);
      expect(two).toMatchObject({ status: 2, attributes: { 'error.type': '500' } });
      expect([one, two].map(({ attributes }) => attributes['rootspan.aborted'])).toEqual([
        undefined,
        undefined,
      ]);
      stop();
      await send('/api/late');
      expect(spans).toHaveLength(2);
    });
  }
}

test('a class of the page that has nothing of the browser begins no spans, which would never end', async () => {
  replace(
    () =>
      // as tests of the page would have it
      class {
        onloadend = () => {};
        open() {}
        send() {
          queueMicrotask(() => this.onloadend());
        }
      } as unknown as typeof XMLHttpRequest,
  );
  const { context, faults } = runInstrumentation(traceXhr());
  const startSpan = vi.spyOn(context.tracer, 'startSpan');
  await send('/api/mocked');

  expect(startSpan).not.toHaveBeenCalled();
  expect(faults).toEqual([]);
});

test('the listeners on a request of a class that is put in its place are removed as it ends', async () => {
  runInstrumentation(traceXhr());
  replace((native) => class extends native {});
  const removed: string[] = [];
  const { removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.removeEventListener = function (type: string, ...rest: [never]) {
    if (this instanceof XMLHttpRequest) removed.push(type);
    removeEventListener.call(this, type, ...rest);
  };
  onTestFinished(() => {
    EventTarget.prototype.removeEventListener = removeEventListener;
  });
  await send('/api/x');

  // The listener of `send` is before the agent's.
  await expect.poll(() => removed).toContain('loadend');
});
