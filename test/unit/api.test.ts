import { expect, test } from 'vitest';
import { createApi } from '../../src/api.js';
import { startAgent } from '../../src/agent.js';
import type { Attributes, Page, Span, SpanContext } from '../../src/types.js';
import { makeTracer } from './support/make-tracer.js';
import { settle } from './support/time.js';

const context: SpanContext = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', traceFlags: 1 };

const start = (page: Page = {}) => {
  const shared: Attributes = {};
  const { tracer, ended } = makeTracer({ attributes: () => shared });
  const recorded: [unknown, Span | undefined][] = [];
  const agent = createApi(tracer, shared, page, {
    session: () => undefined,
    recordException: (error) => void recorded.push([error, tracer.active()]),
    stats: () => ({ recorded: 0, sent: 0, waiting: 0, dropped: {}, limited: 0 }),
    flush: async () => {},
    stop: () => {},
  });
  return { agent, ended, recorded };
};

test('span runs a function in an active span, ends it, and gives the result', () => {
  const { agent, ended } = start();
  let active: Span | undefined;

  const result = agent.span('checkout', (span) => {
    active = agent.active();
    expect(active).toBe(span);
    expect(ended).toEqual([]);
    return 42;
  });

  expect(result).toBe(42);
  expect(ended.map(({ name }) => name)).toEqual(['checkout']);
  expect(agent.active()).toBeUndefined();
});

test('span takes the options of a span before the function', () => {
  const { agent, ended } = start();

  agent.span('checkout', { kind: 3, attributes: { 'order.id': 'A1' } }, () => {});

  expect(ended[0]).toMatchObject({ kind: 3, attributes: { 'order.id': 'A1' } });
});

test('spans within are children', () => {
  const { agent, ended } = start();

  agent.span('outer', () => agent.span('inner', () => {}));

  expect(ended.map(({ name }) => name)).toEqual(['inner', 'outer']);
  expect(ended[0]?.parentSpanId).toBe(ended[1]?.spanId);
});

test('a span with an asynchronous function ends when that is done', async () => {
  const { agent, ended } = start();
  let finish = (_: string) => {};

  const result = agent.span('load', () => new Promise<string>((resolve) => (finish = resolve)));
  await settle();
  expect(ended).toEqual([]);
  finish('done');

  expect(await result).toBe('done');
  expect(ended).toHaveLength(1);
});

test('what a function throws is recorded on its span and thrown on, the very same', () => {
  const { agent, ended, recorded } = start();
  const error = new Error('a fault of the page');
  let thrown: unknown;

  try {
    agent.span('fail', () => {
      throw error;
    });
  } catch (caught) {
    thrown = caught;
  }

  expect(thrown).toBe(error);
  expect(recorded[0]?.[0]).toBe(error);
  expect(recorded[0]?.[1]?.spanContext().spanId).toBe(ended[0]?.spanId);
  expect(ended).toHaveLength(1);
});

test.each([new Error('no'), undefined, 'text', null])('what rejects with %s rejects with the same', async (reason) => {
  const { agent, ended, recorded } = start();

  const result = agent.span('fail', () => Promise.reject(reason));

  expect(await result.catch((caught) => [caught])).toEqual([reason]);
  expect(recorded.map(([error]) => error)).toEqual([reason]);
  expect(ended).toHaveLength(1);
});

test('a rejection that nobody handles is reported once, one that is handled never', async () => {
  const { agent } = start();
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);

  agent.span('handled', () => Promise.reject('handled')).catch(() => {});
  void agent.span('unhandled', () => Promise.reject('unhandled'));
  await settle();
  await settle();

  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual(['unhandled']);
});

test('a thenable that is no promise ends its span as well', async () => {
  const { agent, ended } = start();
  // biome-ignore lint/suspicious/noThenProperty: what the test is about
  const thenable = { then: (resolve: (value: number) => void) => resolve(7) };

  agent.span('odd', () => thenable);
  await settle();

  expect(ended).toHaveLength(1);
});

test.each([null, undefined, 0, '', { then: 'no function' }])('the result %j is no promise', (value) => {
  const { agent, ended } = start();

  expect(agent.span('plain', () => value)).toBe(value);
  expect(ended).toHaveLength(1);
});

test('user and attributes are on every later span, until they are taken away', () => {
  const { agent, ended } = start();
  const record = () => {
    agent.span('a', () => {});
    return ended.at(-1)?.attributes;
  };

  agent.setUser({ id: 'u1' });
  agent.setAttributes({ tenant: 't1', plan: 'free' });
  expect(record()).toEqual({ 'user.id': 'u1', tenant: 't1', plan: 'free' });
  agent.setUser({});
  agent.setAttributes({ plan: undefined });

  expect(record()).toEqual({ tenant: 't1' });
});

test('traceparent is that of the active span, else of the page view, else none', () => {
  const { agent } = start({
    current: { id: 'p', type: 'load', url: 'https://shop.example/', route: '/', startTime: 1, context },
  });

  expect(agent.traceparent()).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  agent.span('a', (span) => {
    const { traceId, spanId } = span.spanContext();
    expect(agent.traceparent()).toBe(`00-${traceId}-${spanId}-01`);
  });
  expect(start().agent.traceparent()).toBeUndefined();
});

test('the application names the page view', () => {
  const routes: string[] = [];
  const { agent } = start({ setRoute: (route) => routes.push(route) });

  agent.setRoute('/products/:id');

  expect(routes).toEqual(['/products/:id']);
});

test('without a page view there is nothing to name, and no fault', () => {
  expect(() => start().agent.setRoute('/a')).not.toThrow();
});

test.each([null, undefined, 7, 'text'])('user and attributes that are %s are no fault', (value) => {
  const { agent } = start();

  expect(() => {
    agent.setUser(value as never);
    agent.setAttributes(value as never);
  }).not.toThrow();
});

test('on a server the agent does nothing, and breaks nothing', async () => {
  const agent = startAgent({ sampleRate: 1 });

  agent.setUser({ id: 'u1' });
  agent.setAttributes({ a: 1 });
  agent.setRoute('/a');
  agent.recordException(new Error('no'));
  await agent.flush();
  const span = agent.startSpan('a');

  expect(span.isRecording()).toBe(false);
  expect(agent.span('b', () => 42)).toBe(42);
  expect(() => agent.span('c', () => JSON.parse('{'))).toThrow(SyntaxError);
  expect(agent.stats()).toEqual({ recorded: 0, sent: 0, waiting: 0, dropped: {}, limited: 0 });
  expect([agent.session(), agent.traceparent(), agent.active()]).toEqual([undefined, undefined, undefined]);
  agent.stop();
});

test.each([undefined, null])('on a server start(%s) is no fault', (config) => {
  expect(() => startAgent(config as never)).not.toThrow();
});
