import { expect, test } from 'vitest';
import type { Span, SpanContext, SpanRecord } from '../../../src/types.js';
import { makeTracer } from '../support/make-tracer.js';
import { createTime, START } from '../support/time.js';

const context: SpanContext = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
  traceFlags: 1,
};

/** The record of a span with which `use` has done something. */
const record = (use: (span: Span) => void) => {
  const { tracer, ended, limits } = makeTracer();
  const span = tracer.startSpan('a');
  use(span);
  span.end();
  return { ...(ended[0] as SpanRecord), limited: limits.count };
};

const times = (count: number, fn: (index: number) => void) =>
  Array.from({ length: count }, (_, index) => fn(index));

test('all fields are there from birth', () => {
  expect(Object.keys(record(() => {})).sort()).toEqual(
    [
      'traceId spanId parentSpanId parentIsRemote traceFlags traceState name kind scope startTime endTime',
      'attributes events links status statusMessage droppedAttributes droppedEvents droppedLinks limited',
    ]
      .join(' ')
      .split(' ')
      .sort(),
  );
});

test('a span lasts from its start to its end', () => {
  const time = createTime();
  const { tracer, ended } = makeTracer({ clock: time });
  const span = tracer.startSpan('a');

  time.advance(250);
  span.end();

  expect(ended[0]).toMatchObject({ startTime: START, endTime: START + 250 });
});

test('an end that is given counts, but never before the start', () => {
  const { tracer, ended } = makeTracer();

  tracer.startSpan('a').end(START + 7);
  tracer.startSpan('b').end(START - 7);

  expect(ended.map(({ endTime }) => endTime - START)).toEqual([7, 0]);
});

test.each([Number.NaN, Infinity, -Infinity, -1, [1, 2], '', {}])('an end of %s is now', (time) => {
  const { tracer, ended } = makeTracer();
  const span = tracer.startSpan('a').addEvent('b', {}, time as number);

  span.end(time as number);

  expect(ended[0]?.endTime).toBe(START);
  expect(ended[0]?.events?.[0]?.time).toBe(START);
});

test('events and exceptions have their time, or now', () => {
  const time = createTime();
  const { tracer, ended } = makeTracer({ clock: time });
  const span = tracer.startSpan('a');
  time.advance(10);

  span.addEvent('b', { c: 1 }).addEvent('d', undefined, START + 3);
  span.recordException(new TypeError('no'), START + 4);
  span.end();

  expect(ended[0]?.events).toEqual([
    { name: 'b', time: START + 10, attributes: { c: 1 } },
    { name: 'd', time: START + 3, attributes: {} },
    {
      name: 'exception',
      time: START + 4,
      attributes: expect.objectContaining({ 'exception.type': 'TypeError', 'exception.message': 'no' }),
    },
  ]);
});

test('an exception does not change the status', () => {
  expect(record((span) => span.recordException(new Error('no'))).status).toBe(0);
});

test.each([
  [{ code: 2, message: 'declined' }, 2, 'declined'],
  [{ code: 2 }, 2, undefined],
  [{ code: 1, message: 'fine' }, 1, undefined],
  [{ code: 0, message: 'unset' }, 0, undefined],
] as const)('the status %j is kept, a message with an error alone', (status, code, message) => {
  expect(record((span) => void span.setStatus(status))).toMatchObject({
    status: code,
    statusMessage: message,
  });
});

test('the last status and the last name count', () => {
  const span = record((each) =>
    each.setStatus({ code: 2, message: 'no' }).setStatus({ code: 1 }).updateName('b'),
  );

  expect(span).toMatchObject({ status: 1, statusMessage: undefined, name: 'b' });
});

test('the 129th event and link are refused and counted', () => {
  const span = record((each) => {
    times(130, (index) => each.addEvent(`event ${index}`));
    times(131, () => each.addLink({ context }));
  });

  expect(span).toMatchObject({ droppedEvents: 2, droppedLinks: 3, limited: 5 });
  expect(span.events?.map(({ name }) => name)).toEqual(times(128, (index) => `event ${index}`));
  expect(span.links).toHaveLength(128);
});

test('the attributes of events and links are limited too', () => {
  const attributes = Object.fromEntries(times(130, (index) => [`key${index}`, 'x'.repeat(5000)]) as never);

  const { events, links } = record((span) => span.addEvent('a', attributes).addLink({ context, attributes }));

  for (const copy of [events?.[0]?.attributes, links?.[0]?.attributes]) {
    expect(Object.keys(copy ?? {})).toHaveLength(128);
    expect(copy?.key0).toHaveLength(4096);
  }
});

test('a link is a copy', () => {
  const link = { context: { ...context }, attributes: { a: [1] } };

  const { links } = record((span) => {
    span.addLink(link);
    link.context.spanId = 'changed';
    link.attributes.a.push(2);
  });

  expect(links).toEqual([{ context, attributes: { a: [1] } }]);
});

test('after its end a span is final, and its methods are safe', () => {
  const { tracer, ended, limits } = makeTracer();
  const span = tracer.startSpan('a', { attributes: { a: 1 } }).addEvent('b');
  span.end();
  const before = JSON.stringify(ended[0]);

  span.setAttribute('a', 2).setAttributes({ b: 3 }).addEvent('c').addLink({ context });
  span.setStatus({ code: 2, message: 'late' }).updateName('late').recordException(new Error('late'));
  span.end(START + 9999);

  expect(JSON.stringify(ended)).toBe(`[${before}]`);
  expect(span.isRecording()).toBe(false);
  expect(limits.count).toBe(0);
});

test('all that can be chained gives the span', () => {
  const { tracer } = makeTracer();
  const span = tracer.startSpan('a');
  const chain = () => [
    span.setAttribute('a', 1),
    span.setAttributes({}),
    span.addEvent('a'),
    span.addLink({ context }),
    span.setStatus({ code: 0 }),
    span.updateName('b'),
  ];

  const running = chain();
  span.end();

  expect(new Set([...running, ...chain()])).toEqual(new Set([span]));
});

const odd = (value: unknown) => value as never;

test.each<[string, (span: Span) => void]>([
  ['setAttribute', (span) => void span.setAttribute(odd(undefined), odd(undefined))],
  ['setAttributes', (span) => void span.setAttributes(odd(null))],
  ['addEvent', (span) => void span.addEvent(odd(undefined), odd(null))],
  ['addLink', (span) => void span.addLink(odd(undefined))],
  ['addLink of nothing', (span) => void span.addLink(odd({}))],
  ['setStatus', (span) => void span.setStatus(odd(undefined))],
  ['updateName', (span) => void span.updateName(odd(Symbol('a')))],
  ['recordException', (span) => span.recordException(odd(undefined))],
])('%s with nothing sensible is no fault, and the span goes on', (_, use) => {
  const span = record((each) => {
    expect(() => use(each)).not.toThrow();
    each.setAttribute('after', true);
  });

  expect(span.attributes).toMatchObject({ after: true });
});
