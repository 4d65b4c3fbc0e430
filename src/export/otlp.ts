import type { Attributes, AttributeValue, SpanRecord } from '../types.js';
import { toNanos } from '../util/clock.js';

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
// Doubles by the conventions, also when the value happens to be whole.
const DOUBLE_KEY = /web_vital|_rate$|_ms$/;

/** An array that is encoded as one, whatever an old library has put on `Array.prototype` as `toJSON`. */
const list = <T>(items: readonly T[] | undefined, encode: (item: T) => object): object[] | undefined =>
  items && Object.assign(items.map(encode), { toJSON: undefined });

const encodeValue = (value: AttributeValue, isDouble: boolean): object => {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !isDouble
      ? { intValue: `${value}` }
      : { doubleValue: Number.isFinite(value) ? value : `${value}` };
  }
  if (typeof value === 'object') {
    // One kind of number within an array.
    const isMixed = (value as unknown[]).some((item) => !Number.isSafeInteger(item)) || isDouble;
    return { arrayValue: { values: list<AttributeValue>(value, (item) => encodeValue(item, isMixed)) } };
  }
  return { [typeof value === 'boolean' ? 'boolValue' : 'stringValue']: value };
};

export const encodeAttributes = (attributes: Attributes = {}): object[] | undefined =>
  list(
    Object.entries(attributes).filter(([, value]) => value != null),
    // The filter has left no undefined.
    ([key, value]) => ({ key, value: encodeValue(value as AttributeValue, DOUBLE_KEY.test(key)) }),
  );

const flagsOf = (traceFlags: number, isRemote: boolean | undefined): number =>
  HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0) | (traceFlags & 0xff);

/** One span (OTLP 1.11, JSON). Members that equal their default are left out. Throws when it is no valid span. */
export const encodeSpan = (span: SpanRecord): string => {
  const { traceId, spanId, parentSpanId, traceState, name, kind, status } = span;
  if (!/^[\da-f]{48}$/.test(traceId + spanId)) throw TypeError('ids');
  return JSON.stringify({
    traceId,
    spanId,
    parentSpanId,
    traceState,
    name,
    kind,
    flags: flagsOf(span.traceFlags, span.parentIsRemote),
    startTimeUnixNano: toNanos(span.startTime),
    endTimeUnixNano: toNanos(span.endTime),
    attributes: encodeAttributes(span.attributes),
    events: list(span.events, (event) => ({
      timeUnixNano: toNanos(event.time),
      name: event.name,
      attributes: encodeAttributes(event.attributes),
    })),
    links: list(span.links, ({ context, attributes }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      traceState: context.traceState,
      flags: flagsOf(context.traceFlags, context.isRemote),
      attributes: encodeAttributes(attributes),
    })),
    status: status ? { code: status, message: span.statusMessage } : undefined,
    droppedAttributesCount: span.droppedAttributes || undefined,
    droppedEventsCount: span.droppedEvents || undefined,
    droppedLinksCount: span.droppedLinks || undefined,
  });
};

/** What belongs to an instrumentation: a span, or a log record. */
export interface Scoped {
  readonly scope: string;
  readonly attributes: Attributes;
}

/** One that is encoded. */
export interface Encoded<T extends Scoped = SpanRecord> {
  readonly span: T;
  readonly json: string;
}

/** Makes a request body of spans, or log records, of one resource; grouped by scope: `rootspan/fetch` and so on. */
export const createEnvelope = (resource: Attributes, version: string, signal = 'Spans', items = 'spans') => {
  const head = JSON.stringify({ attributes: encodeAttributes(resource) });
  const schema = '"schemaUrl":"https://opentelemetry.io/schemas/1.44.0"';
  return (batch: readonly Encoded<Scoped>[]): string => {
    const names = new Set(batch.map(({ span }) => span.scope));
    const scopes = Array.from(names, (name) => {
      const scope = JSON.stringify({ name: `rootspan/${name}`, version });
      const encoded = batch.filter(({ span }) => span.scope === name).map(({ json }) => json);
      return `{"scope":${scope},"${items}":[${encoded}],${schema}}`;
    });
    return `{"resource${signal}":[{"resource":${head},"scope${signal}":[${scopes}],${schema}}]}`;
  };
};
