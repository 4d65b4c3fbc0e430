import { expect, test } from 'vitest';
import { startAgent } from '../../src/agent.js';
import type { SpanContext } from '../../src/types.js';
import { makeApi } from './support/make-api.js';

const context: SpanContext = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
};

test('user and attributes are on every later span, until they are taken away', () => {
  const { agent, ended } = makeApi();
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
  const { agent } = makeApi({
    current: { id: 'p', type: 'load', url: 'https://shop.example/', route: '/', startTime: 1, context },
  });

  expect(agent.traceparent()).toBe('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
  agent.span('a', (span) => {
    const { traceId, spanId } = span.spanContext();
    expect(agent.traceparent()).toBe(`00-${traceId}-${spanId}-01`);
  });
  expect(makeApi().agent.traceparent()).toBeUndefined();
});

test('the application names the page view', () => {
  const routes: string[] = [];
  const { agent } = makeApi({ setRoute: (route) => routes.push(route) });

  agent.setRoute('/products/:id');

  expect(routes).toEqual(['/products/:id']);
});

test('without a page view there is nothing to name, and no fault', () => {
  expect(() => makeApi().agent.setRoute('/a')).not.toThrow();
});

test.each([null, undefined, 7, 'text'])('user and attributes that are %s are no fault', (value) => {
  const { agent } = makeApi();

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
  expect(agent.stats()).toEqual({ recorded: 0, sent: 0, waiting: 0, stored: 0, dropped: {}, limited: 0 });
  expect([agent.session(), agent.traceparent(), agent.active()]).toEqual([undefined, undefined, undefined]);
  agent.stop();
});

test.each([undefined, null])('on a server start(%s) is no fault', (config) => {
  expect(() => startAgent(config as never)).not.toThrow();
});
