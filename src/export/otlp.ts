import type { Attributes, AttributeValue, SpanEvent, SpanLink, SpanRecord } from '../types.js';
import { toNanos } from '../util/clock.js';

const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.44.0';
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
// Doubles by the conventions, also when the value happens to be whole.
const DOUBLE_KEY = /web_vital|sample_rate|_ms$/;

const encodeNumber = (value: number, isDouble: boolean) =>
  Number.isSafeInteger(value) && !isDouble
    ? { intValue: `${value}` }
    : { doubleValue: Number.isFinite(value) ? value : `${value}` };

const encodeValue = (value: AttributeValue, isDouble: boolean): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') return encodeNumber(value, isDouble);
  if (typeof value === 'boolean') return { boolValue: value };
  // One kind of number within an array.
  const mixed = isDouble || !(value as unknown[]).every(Number.isSafeInteger);
  return { arrayValue: { values: value.map((item) => encodeValue(item, mixed)) } };
};

const encodeAttributes = (attributes: Attributes = {}): object[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value == null ? [] : [{ key, value: encodeValue(value, DOUBLE_KEY.test(key)) }],
  );

const encodeEvent = ({ name, time, attributes }: SpanEvent): object => ({
  timeUnixNano: toNanos(time),
  name,
  attributes: encodeAttributes(attributes),
});

const encodeLink = ({ context, attributes }: SpanLink): object => ({
  traceId: context.traceId,
  spanId: context.spanId,
  traceState: context.traceState,
  flags: HAS_IS_REMOTE | (context.isRemote ? IS_REMOTE : 0) | (context.traceFlags & 0xff),
  attributes: encodeAttributes(attributes),
});

/** One span as OTLP/JSON (OTLP 1.11). Members that equal their default are left out. */
export const encodeSpan = (span: SpanRecord): string =>
  JSON.stringify({
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: HAS_IS_REMOTE | (span.parentIsRemote ? IS_REMOTE : 0) | (span.traceFlags & 0xff),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: toNanos(span.startTime),
    endTimeUnixNano: toNanos(span.endTime),
    attributes: encodeAttributes(span.attributes),
    events: span.events?.map(encodeEvent),
    links: span.links?.map(encodeLink),
    status: span.status ? { code: span.status, message: span.statusMessage } : undefined,
    droppedAttributesCount: span.droppedAttributes || undefined,
    droppedEventsCount: span.droppedEvents || undefined,
    droppedLinksCount: span.droppedLinks || undefined,
  });

/** The parts around the spans, which do not change while the agent runs. */
export interface Envelope {
  /** One body for spans that are already encoded, grouped by scope. */
  wrap(spans: readonly { scope: string; json: string }[]): string;
}

/** Puts encoded spans into a request of one resource; the scopes are named `rootspan/fetch` and so on. */
export const createEnvelope = (resource: Attributes, version: string): Envelope => {
  const head = JSON.stringify({ attributes: encodeAttributes(resource) });
  return {
    wrap: (spans) => {
      const scopes = new Map<string, string[]>();
      for (const { scope, json } of spans) scopes.set(scope, [...(scopes.get(scope) ?? []), json]);
      const groups = [...scopes].map(([name, list]) => {
        const scope = JSON.stringify({ name: `rootspan/${name}`, version });
        return `{"scope":${scope},"spans":[${list}],"schemaUrl":"${SCHEMA_URL}"}`;
      });
      return `{"resourceSpans":[{"resource":${head},"scopeSpans":[${groups}],"schemaUrl":"${SCHEMA_URL}"}]}`;
    },
  };
};
