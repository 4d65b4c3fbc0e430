import { expect, test } from 'vitest';
import { w3c } from '../../../src/propagate/w3c.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

// Each case of the standard is in test/conformance/w3c.test.ts.
const inject = (context: Parameters<typeof w3c.inject>[0]) => {
  const headers: Record<string, string> = {};
  w3c.inject(context, (field, value) => {
    headers[field] = value;
  });
  return headers;
};

test('a context is written as one header, and a second one when there is a state', () => {
  expect(inject({ traceId, spanId, traceFlags: 1 })).toEqual({ traceparent: `00-${traceId}-${spanId}-01` });
  expect(inject({ traceId, spanId, traceFlags: 0, traceState: 'shop=1' })).toEqual({
    traceparent: `00-${traceId}-${spanId}-00`,
    tracestate: 'shop=1',
  });
});

test.each([
  ['traceparent', `cc-${traceId}-${spanId}-01-${' '.repeat(300_000)}\n`],
  ['tracestate', `a=1${' '.repeat(300_000)}b`],
])('a %s that is made to be slow to read is not', (field, text) => {
  const started = performance.now();
  w3c.extract?.((name) => (name === field ? text : `00-${traceId}-${spanId}-01`));

  // Linear it takes a few ms, quadratic half a minute.
  expect(performance.now() - started).toBeLessThan(2000);
});

test('the fields it names are those it writes', () => {
  const headers = inject({ traceId, spanId, traceFlags: 1, traceState: 'shop=1' });

  expect(Object.keys(headers)).toEqual(w3c.fields);
});

test('what is written is read again, as remote', () => {
  const context = { traceId, spanId, traceFlags: 1, traceState: 'shop=1,other=2' };
  const headers = inject(context);

  expect(w3c.extract?.((field) => headers[field])).toEqual({ ...context, isRemote: true });
});

test.each([
  { traceId: '', spanId, traceFlags: 1 },
  { traceId: traceId.toUpperCase(), spanId, traceFlags: 1 },
  { traceId, spanId: 'x', traceFlags: 1 },
  { traceId: `${traceId}\r\nx: y`, spanId, traceFlags: 1 },
])('nothing is written for %j', (context) => {
  expect(inject(context)).toEqual({});
});

test.each([undefined, null, ''])('a header that is %j gives no context', (value) => {
  expect(w3c.extract?.(() => value)).toBeUndefined();
});
