import { afterEach, beforeEach, expect } from 'vitest';
import { startCollector } from '../start.mjs';

export const JSON_TYPE = 'application/json';
export const PROTOBUF_TYPE = 'application/x-protobuf';
/** When the spans of a test begin. */
export const BASE_MS = Date.now() - 60_000;

export const hex = (number, digits) => number.toString(16).padStart(digits, '0');
export const traceIdOf = (number) => hex(number, 32);
export const nanos = (ms) =>
  `${BigInt(BASE_MS) + BigInt(Math.floor(ms))}${String(Math.round((ms % 1) * 1e6)).padStart(6, '0')}`;

const anyValue = (value) => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};

export const keyValues = (attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

/** A span; `at` and `length` are milliseconds, counted from one minute ago. */
export const span = ({ trace = 1, id = 1, parent, at = 0, length = 10, attributes = {}, ...rest }) => ({
  traceId: traceIdOf(trace),
  spanId: hex(id, 16),
  ...(parent ? { parentSpanId: hex(parent, 16) } : {}),
  name: 'span',
  kind: 1,
  startTimeUnixNano: nanos(at),
  endTimeUnixNano: nanos(at + length),
  attributes: keyValues(attributes),
  ...rest,
});

export const request = (spans, { service = 'shop', sdk = 'rootspan' } = {}) => ({
  resourceSpans: [
    {
      resource: { attributes: keyValues({ 'service.name': service, 'telemetry.sdk.name': sdk }) },
      scopeSpans: [{ scope: { name: 'fetch' }, spans }],
    },
  ],
});

/** A protobuf field that holds `inner`. */
export const protobufField = (tag, inner) => {
  const length = [];
  for (let rest = inner.length; ; rest >>>= 7) {
    if (rest <= 127) return Buffer.concat([Buffer.from([tag, ...length, rest]), inner]);
    length.push((rest & 127) | 128);
  }
};

let collector;

/** A new collector for each test of the file. */
export const eachWithCollector = () => {
  beforeEach(async () => {
    collector = await startCollector();
  });
  afterEach(() => collector.stop());
};

export const current = () => collector;

/** Stops the collector of this test and starts another with `options`. */
export const restart = async (options) => {
  await collector.stop();
  collector = await startCollector(options);
};

export const post = (body, headers = {}, path = '/v1/traces') =>
  fetch(collector.url + path, { method: 'POST', body, headers: { 'Content-Type': JSON_TYPE, ...headers } });

export const send = async (spans, source) => {
  const response = await post(JSON.stringify(request(spans, source)));
  expect(response.status).toBe(200);
  return response.json();
};

export const query = async (path) => {
  const response = await fetch(`${collector.url}/api/${path}`);
  expect(response.status).toBe(200);
  return response.json();
};

export const traceIds = async (parameters) =>
  (await query(`traces?${parameters}`)).traces.map(({ traceId }) => traceId);
