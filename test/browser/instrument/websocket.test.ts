import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { traceDocument } from '../../../src/instrument/document.js';
import { traceWebSocket } from '../../../src/instrument/websocket.js';
import { replaceClass } from '../../support/replace-class.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

const host = inject('otherOrigin').replace('http', 'ws');

const connect = (query = '', protocols?: string[]): WebSocket => {
  const socket = new WebSocket(`${host}/api/rooms/1234?${query}`, protocols);
  onTestFinished(() => socket.close());
  return socket;
};

const once = <K extends keyof WebSocketEventMap>(socket: WebSocket, type: K): Promise<WebSocketEventMap[K]> =>
  new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));

/** Tells the agent that the page is hidden, without hiding it. */
const hide = () => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  dispatchEvent(new Event('visibilitychange'));
  Reflect.deleteProperty(document, 'visibilityState');
};

test('a connection is a span from its construction until it is closed', async () => {
  const { nextSpan } = runInstrumentation(traceWebSocket());
  const socket = connect('token=abc');
  await once(socket, 'open');
  socket.close(4000, 'done');

  const span = await nextSpan();
  expect(span).toMatchObject({
    name: 'WebSocket /api/rooms/:id',
    kind: 3,
    scope: 'websocket',
    status: 0,
    attributes: {
      'url.full': `${host}/api/rooms/1234?token=REDACTED`,
      'url.template': '/api/rooms/:id',
      'server.address': '127.0.0.1',
      'server.port': Number(new URL(host).port),
      'rootspan.connection.opened': 1,
      'rootspan.connection.close_code': 4000,
    },
  });
  expect(span.attributes).not.toHaveProperty('rootspan.connection.sent');
  expect(span.attributes).not.toHaveProperty('rootspan.aborted');
  const [opened] = span.events ?? [];
  expect(opened?.name).toBe('open');
  expect(opened?.time).toBeGreaterThan(span.startTime);
  expect(opened?.time).toBeLessThanOrEqual(span.endTime);
});

test('messages are counted, and the bytes that they are on the wire', async () => {
  const { nextSpan } = runInstrumentation(traceWebSocket());
  const socket = connect();
  await once(socket, 'open');
  const messages = ['äöü', new Uint8Array(5).subarray(2), new ArrayBuffer(7), new Blob(['1234567890'])];
  for (const message of messages) {
    socket.send(message);
    await once(socket, 'message');
  }
  socket.binaryType = 'arraybuffer';
  socket.send(new ArrayBuffer(100));
  await once(socket, 'message');
  socket.close();

  expect((await nextSpan()).attributes).toMatchObject({
    'rootspan.connection.sent': 5,
    'rootspan.connection.sent_size': 6 + 3 + 7 + 10 + 100,
    'rootspan.connection.received': 5,
    'rootspan.connection.received_size': 6 + 3 + 7 + 10 + 100,
  });
});

test('a connection that is refused is an error', async () => {
  const { nextSpan } = runInstrumentation(traceWebSocket());
  await once(connect('refuse=1'), 'close');

  const { attributes, status, events } = await nextSpan();
  expect(status).toBe(2);
  expect(attributes).toMatchObject({ 'error.type': '1006', 'rootspan.connection.close_code': 1006 });
  expect(events).toBeUndefined();
});

const CODES: [query: string, code: number, status: number][] = [
  ['close=1000', 1000, 0],
  ['close=1001', 1001, 0],
  ['close=1011', 1011, 2],
  ['close=1008&reason=policy', 1008, 2],
  ['close=4001', 4001, 0],
  ['cut=1', 1006, 2],
];

for (const [query, code, status] of CODES) {
  test(`a server that ends it with ${query} gives the code ${code} and status ${status}`, async () => {
    const { nextSpan } = runInstrumentation(traceWebSocket());
    await once(connect(query), 'close');

    const span = await nextSpan();
    expect(span.status).toBe(status);
    expect(span.attributes['rootspan.connection.close_code']).toBe(code);
    expect(span.attributes['error.type']).toBe(status ? `${code}` : undefined);
  });
}

test('a connection that the page gives up before it is open is marked, but no error', async () => {
  const { nextSpan, spans } = runInstrumentation(traceWebSocket());
  const socket = connect('hang=1');
  const closed = once(socket, 'close');
  socket.close();
  await closed;

  const { attributes, status } = await nextSpan();
  expect(status).toBe(0);
  expect(attributes['rootspan.aborted']).toBe(true);
  expect(attributes).not.toHaveProperty('error.type');
  expect(spans).toHaveLength(1);
});

test('a close that throws ends nothing', async () => {
  const { nextSpan, spans } = runInstrumentation(traceWebSocket());
  const socket = connect();
  expect(() => socket.close(7)).toThrow(DOMException);
  await once(socket, 'open');
  expect(spans).toHaveLength(0);
  socket.close();

  expect((await nextSpan()).attributes['rootspan.connection.opened']).toBe(1);
});

test('inside a span it is its child; the page view does not wait for it', async () => {
  const { agent, nextSpan } = runInstrumentation([traceDocument(), traceWebSocket()]);
  const socket = agent.span('enter the room', () => connect());
  await once(socket, 'open');
  await nextSpan(({ scope }) => scope === 'document');
  socket.close();

  const parent = await nextSpan(({ name }) => name === 'enter the room');
  const span = await nextSpan(({ scope }) => scope === 'websocket');
  expect([span.traceId, span.parentSpanId]).toEqual([parent.traceId, parent.spanId]);
});

test('when the page is hidden the span ends, and what comes later is told by one below it', async () => {
  const { nextSpan, spans } = runInstrumentation(traceWebSocket());
  const socket = connect();
  await once(socket, 'open');
  socket.send('one');
  await once(socket, 'message');
  hide();
  hide();
  const first = await nextSpan();
  expect(spans).toHaveLength(1);
  socket.send('two');
  await once(socket, 'message');
  socket.close();

  const second = await nextSpan();
  expect(first.attributes).toMatchObject({ 'rootspan.end_reason': 'hidden', 'rootspan.connection.sent': 1 });
  expect([second.traceId, second.parentSpanId]).toEqual([first.traceId, first.spanId]);
  expect(second.attributes).toMatchObject({
    'rootspan.connection.sent': 2,
    'rootspan.connection.received_size': 6,
    'rootspan.connection.close_code': 1005,
  });
  expect(second.attributes).not.toHaveProperty('rootspan.end_reason');
});

test('an agent that stops ends its spans, and nothing is counted since', async () => {
  const { agent, nextSpan, spans } = runInstrumentation(traceWebSocket());
  const before = WebSocket;
  const socket = connect();
  await once(socket, 'open');
  agent.stop();
  expect((await nextSpan()).attributes['rootspan.end_reason']).toBe('stopped');
  socket.send('late');
  await once(socket, 'message');
  socket.close();
  await once(socket, 'close');
  new before(`${host}/api/late`).close();

  expect(spans).toHaveLength(1);
  expect(WebSocket.prototype.constructor).toBe(WebSocket);
});

test('ignored URLs and sessions that are not kept leave no trace', async () => {
  const ignoring = runInstrumentation(traceWebSocket(), {
    config: { ignoreUrls: ({ url }) => /rooms/.test(url.href) },
  });
  await once(connect('close=1000'), 'close');
  ignoring.stop();
  const unsampled = runInstrumentation(traceWebSocket(), { config: { sampleRate: 0 } });
  await once(connect('close=1000'), 'close');

  expect([ignoring.spans, unsampled.spans]).toEqual([[], []]);
});

test('subclasses, bound classes and Reflect.construct make connections as without the agent', async () => {
  const { nextSpan } = runInstrumentation(traceWebSocket());
  class Room extends WebSocket {
    greeting = 'hello';
  }
  const room = new Room(`${host}/api/room?close=1000`);
  const closed = once(room, 'close');
  expect([room instanceof Room, room instanceof WebSocket, room.constructor === Room, room.greeting]).toEqual(
    [...[true, true, true], 'hello'],
  );
  await closed;
  expect((await nextSpan()).name).toBe('WebSocket /api/room');

  class Other {}
  const odd = Reflect.construct(WebSocket, [`${host}/api/odd`], Other) as WebSocket;
  expect(Object.getPrototypeOf(odd)).toBe(Other.prototype);
  WebSocket.prototype.close.call(odd);
  expect((await nextSpan()).name).toBe('WebSocket /api/odd');
});

test('the wrong way to make one is the same mistake as without the agent', () => {
  const attempt = () =>
    [
      () => (WebSocket as unknown as () => void)(),
      () => new (WebSocket as unknown as new () => WebSocket)(),
      () => new WebSocket('ftp://a.test'),
      () => new WebSocket('ws://a.test', ['a', 'a']),
    ].map((fn) => {
      try {
        return fn();
      } catch (error) {
        return `${error}`;
      }
    });
  const plain = attempt();
  const { spans } = runInstrumentation(traceWebSocket());

  expect(attempt()).toEqual(plain);
  expect(spans).toEqual([]);
});

for (const when of ['before', 'after']) {
  test(`a class that extends it, put in its place ${when} the agent, has spans that are right`, async () => {
    const replace = () => replaceClass('WebSocket', (current) => class extends current {});
    if (when === 'before') replace();
    const { nextSpan } = runInstrumentation(traceWebSocket());
    if (when === 'after') replace();
    const socket = connect();
    await once(socket, 'open');
    socket.send('äöü');
    await once(socket, 'message');
    socket.close();

    expect(await nextSpan()).toMatchObject({
      name: 'WebSocket /api/rooms/:id',
      attributes: {
        'url.full': expect.stringContaining(`${host}/api/rooms/1234`),
        'rootspan.connection.sent': 1,
        'rootspan.connection.sent_size': 6,
        'rootspan.connection.close_code': 1005,
      },
    });
  });
}

test('what has no URL is no connection', () => {
  // As tests of the page would have it.
  replaceClass('WebSocket', () => class extends EventTarget {} as unknown as typeof WebSocket);
  const { context } = runInstrumentation(traceWebSocket());
  const startSpan = vi.spyOn(context.tracer, 'startSpan');
  new WebSocket(`${host}/api/rooms/1234`);

  expect(startSpan).not.toHaveBeenCalled();
});
