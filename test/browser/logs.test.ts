import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from '../../src/agent.js';
import { traceDocument } from '../../src/instrument/document.js';
import { sendLogs } from '../../src/logs.js';
import type { CoreConfig } from '../../src/types.js';
import { readLogs, readSpans } from '../support/otlp-reader.js';

/** An agent whose requests are answered here. */
const run = (config: CoreConfig = {}, stored?: string) => {
  if (stored) localStorage.setItem('rootspan.session', stored);
  else localStorage.removeItem('rootspan.session');
  const bodies: [path: string, body: string][] = [];
  const before = window.fetch;
  window.fetch = async (url, init) => {
    bodies.push([new URL(`${url}`).pathname, `${init?.body}`]);
    return new Response('{"partialSuccess":{}}');
  };
  onTestFinished(() => {
    window.fetch = before;
  });
  const agent = startAgent({
    compression: 'none',
    logs: sendLogs,
    instrumentations: [traceDocument()],
    ...config,
  });
  onTestFinished(agent.stop);
  const bodiesTo = (path: string) => bodies.filter(([to]) => to === path).map(([, body]) => body);
  const logs = () => bodiesTo('/v1/logs').flatMap(readLogs);
  const spans = () => bodiesTo('/v1/traces').flatMap(readSpans);
  return { agent, logs, spans, bodiesTo };
};

test('a log record has its level, its text and the trace of the span that is active', async () => {
  const { agent, logs, spans } = run();
  agent.setUser({ id: 'u1' });
  agent.span('checkout', () => agent.log('warn', 'card declined', { 'order.id': 7 }));
  await agent.flush();

  const span = spans().find(({ name }) => name === 'checkout');
  const record = logs().find(({ body }) => body === 'card declined');
  expect(record).toMatchObject({
    traceId: span?.traceId,
    spanId: span?.spanId,
    severity: 13,
    level: 'warn',
    scope: 'rootspan/custom',
    attributes: { 'order.id': 7, 'session.id': agent.session()?.id, 'user.id': 'u1' },
  });
});

test('without an active span a record is in the trace of the page view', async () => {
  const { agent, logs } = run();
  agent.log('info', 'later');
  await agent.flush();

  const record = logs().find(({ body }) => body === 'later');
  expect(`00-${record?.traceId}-${record?.spanId}-01`).toBe(agent.traceparent());
});

test('an exception is a span event and a log record alike', async () => {
  const { agent, logs } = run();
  agent.span('save', () => agent.recordException(new TypeError('not saved')));
  await agent.flush();

  const record = logs().find(({ eventName }) => eventName === 'exception');
  expect(record).toMatchObject({
    severity: 17,
    body: undefined,
    attributes: { 'exception.type': 'TypeError', 'session.id': agent.session()?.id },
  });
});

test('a session that begins here is told once, with the one before', async () => {
  const { agent, logs } = run({ session: { maxDuration: 0 } });
  agent.log('info', 'one');
  agent.log('info', 'two');
  await agent.flush();

  const events = logs().filter(({ scope }) => scope === 'rootspan/session');
  const starts = events.filter(({ eventName }) => eventName === 'session.start');
  const ends = events.filter(({ eventName }) => eventName === 'session.end');
  // A session that may last no time ends at once.
  expect(starts.length).toBeGreaterThan(1);
  expect(new Set(starts.map(({ attributes }) => attributes['session.id'])).size).toBe(starts.length);
  const previous = starts.slice(1).map(({ attributes }) => attributes['session.previous_id']);
  expect(ends.map(({ attributes }) => attributes['session.id'])).toEqual(expect.arrayContaining(previous));
});

test('a session that goes on from another page is not told again', async () => {
  const first = run();
  first.agent.log('info', 'first page');
  const stored = localStorage.getItem('rootspan.session') ?? '';
  first.agent.stop();
  expect(first.logs().map(({ eventName }) => eventName)).toContain('session.start');

  const { agent, logs } = run({}, stored);
  agent.log('info', 'second page');
  await agent.flush();

  expect(agent.session()?.id).toBe(JSON.parse(stored).id);
  expect(logs().map(({ body, eventName }) => body ?? eventName)).toEqual(['second page']);
});

test('any value is a message, and any attribute is bounded', async () => {
  const { agent, logs } = run();
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  for (const value of ['x'.repeat(1e5), { a: 1 }, cyclic, undefined, Symbol('s')]) agent.log('info', value);
  agent.log(
    'info',
    'many',
    Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, index])),
  );
  agent.log('unheard' as 'info', 'of no level');
  await agent.flush();

  const records = logs().filter(({ scope }) => scope === 'rootspan/custom');
  expect(records.map(({ body }) => `${body}`.length)).toEqual([4096, 7, 9, 9, 9, 4, 11]);
  expect(Object.keys(records[5]?.attributes ?? {}).length).toBe(128);
  expect(records[6]?.severity).toBe(9);
});

test('stats count log records apart, and balance', async () => {
  const { agent } = run({ instrumentations: [] });
  for (let index = 0; index < 700; index++) agent.log('info', `line ${index}`);
  await agent.flush();

  const { logs, recorded } = agent.stats();
  // session.start is one of the 600 of a minute
  expect(logs).toEqual({ recorded: 701, sent: 600, waiting: 0, stored: 0, dropped: { rate: 101 } });
  expect(recorded).toBe(0);
});

test('a session that is not sampled sends none', async () => {
  const { agent, bodiesTo } = run({ sampleRate: 0 });
  agent.log('error', 'unheard');
  agent.recordException(new Error('unheard'));
  await agent.flush();

  expect(bodiesTo('/v1/logs')).toEqual([]);
});

test('without the option a log goes nowhere', async () => {
  const { agent, bodiesTo } = run({ logs: false });
  agent.log('error', 'unheard');
  await agent.flush();

  expect(bodiesTo('/v1/logs')).toEqual([]);
  expect(agent.stats().logs).toBeUndefined();
});
