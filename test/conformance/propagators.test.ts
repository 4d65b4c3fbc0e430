import { expect, test } from 'vitest';
import { b3, b3multi } from '../../src/propagate/b3.js';
import { jaegerBaggage } from '../../src/propagate/baggage.js';
import { datadog } from '../../src/propagate/datadog.js';
import { jaeger } from '../../src/propagate/jaeger.js';
import { xray } from '../../src/propagate/xray.js';
import type { Attributes, Propagator, SpanContext } from '../../src/types.js';
import { createIds } from '../../src/util/ids.js';
import { makeTracer } from '../unit/support/make-tracer.js';
import { createTime, START } from '../unit/support/time.js';
import { readVector } from './read-vectors.js';

interface Ids {
  traceId: string | null;
  spanId: string | null;
  /** `null`: nothing is said, or the receiver is asked. A context of two states has it as not sampled. */
  sampled: boolean | null;
  debug?: boolean;
  state?: string;
}
type Headers = Record<string, string>;
interface ReadCase {
  id: string;
  name: string;
  headers?: Headers;
  header?: string;
  expect: Ids | null;
}
interface WriteCase {
  id: string;
  style?: string;
  in: { traceId: string; spanId: string; sampled: boolean; debug?: boolean };
  out: Headers | string;
  alsoAcceptable?: string[];
}

/** Names of headers have no case. */
const lower = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const extract = (propagator: Propagator, headers: Headers): SpanContext | undefined =>
  propagator.extract?.((field) => lower(headers)[field]);

const inject = (propagator: Propagator, context: SpanContext, baggage?: Attributes): Headers => {
  const headers: Headers = {};
  const set = (field: string, value: string) => {
    headers[field] = value;
  };
  propagator.inject(context, set, baggage);
  return headers;
};

const contextOf = ({ traceId, spanId, sampled, debug }: WriteCase['in']): SpanContext => ({
  traceId,
  spanId,
  traceFlags: +sampled,
  debug,
});

/** A context has ids: a decision alone (B3's `0`, `1` and `d`) is none, nor is a trace id alone. */
const expectRead = (context: SpanContext | undefined, expected: Ids | null): void => {
  const isDebug = expected?.debug || expected?.state === 'debug';
  expect(context).toEqual(
    expected?.traceId
      ? {
          traceId: expected.traceId,
          spanId: expected.spanId,
          traceFlags: expected.sampled ? 1 : 0,
          isRemote: true,
          ...(isDebug && { debug: true }),
        }
      : undefined,
  );
};

const zipkin = readVector<{ extract: ReadCase[]; inject: WriteCase[] }>('b3.json');
const uber = readVector<{
  decode: ReadCase[];
  encode: WriteCase[];
  baggage: { id: string; in: { key: string; value: string }; out: { header: string; value: string } }[];
}>('jaeger.json');
const amazon = readVector<{
  decode: ReadCase[];
  encode: WriteCase[];
  traceIdTime: { id: string; epochSeconds: number; prefix: string }[];
}>('xray.json');
const dog = readVector<{
  decode: ReadCase[];
  encode: WriteCase[];
  conversions: { hex: string; decimal: string }[];
}>('datadog.json');

test('all vectors are there', () => {
  expect([zipkin.extract.length, zipkin.inject.length]).toEqual([38, 6]);
  expect([uber.decode.length, uber.encode.length, uber.baggage.length]).toEqual([25, 4, 1]);
  expect([amazon.decode.length, amazon.encode.length, amazon.traceIdTime.length]).toEqual([20, 3, 2]);
  expect([dog.decode.length, dog.encode.length, dog.conversions.length]).toEqual([18, 4, 6]);
});

for (const { id, name, headers = {}, expect: expected } of zipkin.extract) {
  test(`B3 ${id}, ${name}, is read the same by both`, () => {
    expectRead(extract(b3, headers), expected);
    expectRead(extract(b3multi, headers), expected);
  });
}

for (const { id, style, in: given, out } of zipkin.inject) {
  test(`B3 ${id}: ${JSON.stringify(given)} is written`, () => {
    const headers = inject(style === 'single' ? b3 : b3multi, contextOf(given));

    expect(headers).toEqual(lower(out as Headers));
  });
}

for (const { id, name, header = '', expect: expected } of uber.decode) {
  test(`Jaeger ${id}, ${name}, is read`, () => {
    expectRead(extract(jaeger, { 'uber-trace-id': header }), expected);
  });
}

for (const { id, in: given, out } of uber.encode) {
  test(`Jaeger ${id}: ${JSON.stringify(given)} is written`, () => {
    expect(inject(jaeger, contextOf(given))).toEqual({ 'uber-trace-id': out });
  });
}

for (const { id, in: given, out } of uber.baggage) {
  test(`Jaeger ${id}: baggage is written`, () => {
    const { key, value } = given;
    const context = { traceId: '', spanId: '', traceFlags: 1 };

    const headers = inject(jaegerBaggage({ keys: [key] }), context, { [key]: value, other: 'b' });

    expect(headers).toEqual({ [out.header]: out.value });
  });
}

for (const { id, name, header = '', expect: expected } of amazon.decode) {
  test(`X-Ray ${id}, ${name}, is read`, () => {
    expectRead(extract(xray, { 'X-Amzn-Trace-Id': header }), expected);
  });
}

for (const { id, in: given, out } of amazon.encode) {
  test(`X-Ray ${id}: ${JSON.stringify(given)} is written`, () => {
    expect(inject(xray, contextOf(given))).toEqual({ 'x-amzn-trace-id': out });
  });
}

for (const { id, epochSeconds, prefix } of amazon.traceIdTime) {
  test(`X-Ray ${id}: a trace that begins at ${epochSeconds} s has ${prefix} in front`, () => {
    const clock = createTime();
    clock.jump(epochSeconds * 1000 - START);
    const { tracer } = makeTracer({ clock, xrayTraceIds: true });

    const { traceId } = tracer.startSpan('a').spanContext();

    expect(traceId).toMatch(new RegExp(`^${prefix}[0-9a-f]{24}$`));
  });
}

for (const { id, name, headers = {}, expect: expected } of dog.decode) {
  test(`Datadog ${id}, ${name}, is read`, () => {
    expectRead(extract(datadog, headers), expected);
  });
}

// A browser's traces are always of the origin "rum", also where a vector names none.
for (const { id, in: given, out } of dog.encode) {
  test(`Datadog ${id}: ${JSON.stringify(given)} is written`, () => {
    expect(inject(datadog, contextOf(given))).toEqual({ ...(out as Headers), 'x-datadog-origin': 'rum' });
  });
}

for (const { hex, decimal } of dog.conversions) {
  test(`Datadog: ${hex} is ${decimal}, and back`, () => {
    const context = { traceId: `${'1'.repeat(16)}${hex}`, spanId: hex, traceFlags: 1 };

    const headers = inject(datadog, context);

    expect([headers['x-datadog-trace-id'], headers['x-datadog-parent-id']]).toEqual([decimal, decimal]);
    expect(extract(datadog, headers)).toEqual({ ...context, isRemote: true });
  });
}

for (const [name, propagator] of Object.entries({ b3, b3multi, jaeger, xray, datadog })) {
  test(`${name} reads 1,000 contexts as it has written them, and names the headers`, () => {
    const hex = createIds();
    for (let index = 0; index < 1000; index++) {
      const context = { traceId: hex(32), spanId: hex(16), traceFlags: index % 2 };
      const headers = inject(propagator, context);
      expect(extract(propagator, headers)).toEqual({ ...context, isRemote: true });
      expect(Object.keys(headers).filter((field) => !propagator.fields.includes(field))).toEqual([]);
    }
  });

  test.each([
    { traceId: '', spanId: 'e457b5a2e4d86bd1', traceFlags: 1 },
    { traceId: '0'.repeat(32), spanId: 'e457b5a2e4d86bd1', traceFlags: 1 },
    { traceId: '80f198ee56343ba864fe8b2a57d3eff7', spanId: 'x\r\ny: z', traceFlags: 1 },
  ])(`${name} writes nothing for %j, and reads nothing of no header`, (context) => {
    expect(inject(propagator, context)).toEqual({});
    expect(propagator.extract?.(() => null)).toBeUndefined();
  });
}
