import { expect, test } from 'vitest';
import type { SpanContext, SpanOptions } from '../../../src/types.js';
import { makeTracer, type TracerOptions } from '../support/make-tracer.js';
import { START } from '../support/time.js';

const elsewhere: SpanContext = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
  traceState: 'shop=1',
};

/** The record of one span. */
const record = (options?: SpanOptions, surroundings?: TracerOptions) => {
  const { tracer, ended } = makeTracer(surroundings);
  tracer.startSpan('a', options).end();
  return ended[0];
};

test('a span without surroundings is the root of a trace', () => {
  const { tracer, ended } = makeTracer();

  const context = tracer.startSpan('a').spanContext();
  tracer.startSpan('b').end();

  expect(context.traceId).toMatch(/^[\da-f]{32}$/);
  expect(context.spanId).toMatch(/^[\da-f]{16}$/);
  expect(ended[0]).toMatchObject({ parentSpanId: undefined, parentIsRemote: false, links: undefined });
  expect(ended[0]?.traceId).not.toBe(context.traceId);
});

test('a span says what it is by default: internal, custom, from now on', () => {
  expect(record()).toMatchObject({ name: 'a', kind: 1, scope: 'custom', startTime: START, status: 0 });
});

test('a span has the kind, scope, time, attributes and links it was given', () => {
  const options: SpanOptions = {
    kind: 3,
    scope: 'fetch',
    startTime: START - 5,
    attributes: { a: 1 },
    links: [{ context: elsewhere, attributes: { reason: 'before' } }],
  };

  expect(record(options)).toMatchObject({ ...options, links: [{ context: elsewhere }] });
});

test('the active span is the parent', () => {
  const { tracer, ended } = makeTracer({ ambient: { parent: elsewhere } });
  const parent = tracer.startSpan('parent');

  tracer.with(parent, () => tracer.startSpan('child').end());

  const { traceId, spanId } = parent.spanContext();
  expect(ended[0]).toMatchObject({ traceId, parentSpanId: spanId });
});

test('a parent that is given wins over the active span', () => {
  const { tracer, ended } = makeTracer();

  tracer.with(tracer.startSpan('active'), () => tracer.startSpan('a', { parent: elsewhere }).end());

  expect(ended[0]).toMatchObject({ traceId: elsewhere.traceId, parentSpanId: elsewhere.spanId });
});

test('the parent null makes a root, whatever page view is open', () => {
  const { tracer, ended } = makeTracer({ ambient: { parent: elsewhere } });

  tracer.startSpan('a', { parent: null }).end();

  expect(ended[0]).toMatchObject({ parentSpanId: undefined, links: undefined });
});

test('the parent null makes a root that is linked to the active span', () => {
  const { tracer, ended } = makeTracer({ ambient: { parent: elsewhere } });
  const active = tracer.startSpan('active');

  tracer.with(active, () => tracer.startSpan('a', { parent: null }).end());

  expect(ended[0]?.parentSpanId).toBeUndefined();
  expect(ended[0]?.links?.map(({ context }) => context)).toEqual([active.spanContext()]);
});

test('a span hears of what begins and fails while it is active, and of its end', () => {
  const { tracer } = makeTracer();
  const heard: (string | number)[] = [];
  const span = tracer.startSpan('active', {
    onCause: () => {
      heard.push('begun');
      return (time) => void heard.push(time);
    },
  });

  const child = tracer.with(span, () => tracer.startSpan('child', { parent: null, startTime: START }));
  child.end(START + 5);
  span.recordException(new Error('failed'), START + 7);
  tracer.startSpan('unrelated').end();

  expect(heard).toEqual(['begun', START + 5, 'begun', START + 7]);
});

test('without an active span the open page view is the parent', () => {
  expect(record({}, { ambient: { parent: elsewhere } })).toMatchObject({
    traceId: elsewhere.traceId,
    parentSpanId: elsewhere.spanId,
    traceState: elsewhere.traceState,
  });
});

test('after the page view has ended a span is a root, linked to it', () => {
  const own = { context: { ...elsewhere, spanId: '1111111111111111' } };

  const span = record({ links: [own] }, { ambient: { link: elsewhere } });

  expect(span?.traceId).not.toBe(elsewhere.traceId);
  expect(span?.links?.map(({ context }) => context.spanId)).toEqual([own.context.spanId, elsewhere.spanId]);
});

test('a parent on the server is remembered as remote', () => {
  expect(record({ parent: { ...elsewhere, isRemote: true } })?.parentIsRemote).toBe(true);
  expect(record({ parent: elsewhere })?.parentIsRemote).toBe(false);
});

test.each([0, 1, 2, 3])('a child of flags %i follows the sampled bit and knows no other', (traceFlags) => {
  const { tracer } = makeTracer();

  const span = tracer.startSpan('a', { parent: { ...elsewhere, traceFlags } });

  expect(span.spanContext().traceFlags).toBe(traceFlags & 1);
  expect(span.isRecording()).toBe((traceFlags & 1) === 1);
});

test('in an unsampled session spans do not record, and their children neither', () => {
  const { tracer, ended, limits } = makeTracer({ isSampled: false });

  const root = tracer.startSpan('root', { attributes: { a: 1 } });
  const child = tracer.startSpan('child', { parent: root.spanContext() });
  for (const span of [root, child]) span.setAttribute('b', 'x'.repeat(5000)).addEvent('c').end();

  expect([root, child].map((span) => [span.isRecording(), span.spanContext().traceFlags])).toEqual([
    [false, 0],
    [false, 0],
  ]);
  expect(ended).toEqual([]);
  expect(limits.count).toBe(0);
});

test('an unsampled span asks for no attributes', () => {
  let asked = 0;
  const { tracer } = makeTracer({ isSampled: false, attributes: () => ({ count: ++asked }) });

  tracer.startSpan('a');

  expect(asked).toBe(0);
});

test('every span has the shared attributes; its own win; roots have some more', () => {
  const attributes = (isRoot: boolean) => ({ 'session.id': 's', a: 'shared', ...(isRoot && { rate: 0.5 }) });
  const { tracer, ended } = makeTracer({ attributes });
  const root = tracer.startSpan('root', { attributes: { a: 'own' } });

  tracer.startSpan('child', { parent: root.spanContext() }).end();
  root.end();
  tracer.startSpan('remote', { parent: { ...elsewhere, isRemote: true } }).end();

  expect(ended.map((span) => span.attributes)).toEqual([
    { 'session.id': 's', a: 'shared' },
    { 'session.id': 's', a: 'own', rate: 0.5 },
    { 'session.id': 's', a: 'shared', rate: 0.5 },
  ]);
});

test.each([Number.NaN, -1, Infinity, undefined])('a start of %s is now', (startTime) => {
  expect(record({ startTime: startTime as number })?.startTime).toBe(START);
});

test('a name that is none is no fault', () => {
  const { tracer, ended } = makeTracer();

  tracer.startSpan(undefined as unknown as string).end();
  tracer.startSpan(42 as unknown as string, null as unknown as undefined).end();

  expect(ended.map(({ name }) => name)).toEqual(['undefined', '42']);
});
