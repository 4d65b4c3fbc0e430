import type { Attributes, AttributeValue, SpanContext, SpanRecord } from '../types.js';
import { toNanos } from '../util/clock.js';

const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;
// Doubles by the conventions, also when the value happens to be whole.
const DOUBLE_KEY = /web_vital|_rate$|_ms$/;

/** An array that is encoded as one, whatever an old library has put on `Array.prototype` as `toJSON`. */
const list = <T>(items: T[]): T[] => Object.assign(items, { toJSON: undefined });

const encodeValue = (value: AttributeValue, isDouble: boolean): object => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value !== 'number') {
    // One kind of number within an array.
    const isMixed = isDouble || (value as unknown[]).some((item) => !Number.isSafeInteger(item));
    return { arrayValue: { values: list(value.map((item) => encodeValue(item, isMixed))) } };
  }
  return Number.isSafeInteger(value) && !isDouble
    ? { intValue: `${value}` }
    : { doubleValue: Number.isFinite(value) ? value : `${value}` };
};

const encodeAttributes = (attributes: Attributes = {}): object[] =>
  list(
    Object.entries(attributes).flatMap(([key, value]) =>
      value == null ? [] : { key, value: encodeValue(value, DOUBLE_KEY.test(key)) },
    ),
  );

const flagsOf = ({ traceFlags, isRemote }: Pick<SpanContext, 'traceFlags' | 'isRemote'>): number =>
  HAS_IS_REMOTE | (isRemote ? IS_REMOTE : 0) | (traceFlags & 0xff);

/** One span (OTLP 1.11, JSON). Members that equal their default are left out. Throws when it is no valid span. */
export const encodeSpan = ({
  startTime,
  endTime,
  attributes,
  events,
  links,
  status,
  statusMessage,
  droppedAttributes,
  droppedEvents,
  droppedLinks,
  parentIsRemote,
  traceFlags,
  scope: _,
  ...rest
}: SpanRecord): string => {
  if (!/^[\da-f]{48}$/.test(rest.traceId + rest.spanId)) throw TypeError('ids');
  return JSON.stringify({
    // ids, traceState, name and kind have the names of the wire
    ...rest,
    flags: flagsOf({ traceFlags, isRemote: parentIsRemote }),
    startTimeUnixNano: toNanos(startTime),
    endTimeUnixNano: toNanos(endTime),
    attributes: encodeAttributes(attributes),
    events:
      events &&
      list(
        events.map(({ time, name, attributes: own }) => ({
          timeUnixNano: toNanos(time),
          name,
          attributes: encodeAttributes(own),
        })),
      ),
    links:
      links &&
      list(
        links.map(({ context: { traceId, spanId, traceState, ...flags }, attributes: own }) => ({
          traceId,
          spanId,
          traceState,
          flags: flagsOf(flags),
          attributes: encodeAttributes(own),
        })),
      ),
    status: status ? { code: status, message: statusMessage } : undefined,
    droppedAttributesCount: droppedAttributes || undefined,
    droppedEventsCount: droppedEvents || undefined,
    droppedLinksCount: droppedLinks || undefined,
  });
};

/** A span that is encoded. */
export interface Encoded {
  readonly span: SpanRecord;
  readonly json: string;
}

/** Makes a request body of spans of one resource; they are grouped by scope: `rootspan/fetch` and so on. */
export const createEnvelope = (resource: Attributes, version: string) => {
  const head = JSON.stringify({ attributes: encodeAttributes(resource) });
  const schema = '"schemaUrl":"https://opentelemetry.io/schemas/1.44.0"';
  return (batch: readonly Encoded[]): string => {
    const groups = new Map<string, string[]>();
    for (const { span, json } of batch) groups.set(span.scope, [...(groups.get(span.scope) ?? []), json]);
    const scopes = [...groups].map(([name, spans]) => {
      const scope = JSON.stringify({ name: `rootspan/${name}`, version });
      return `{"scope":${scope},"spans":[${spans}],${schema}}`;
    });
    return `{"resourceSpans":[{"resource":${head},"scopeSpans":[${scopes}],${schema}}]}`;
  };
};
