/** A span as a collector understands it: attributes as plain values, times in epoch milliseconds. */
export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  traceState: string | undefined;
  flags: number;
  name: string;
  kind: number;
  startTime: number;
  endTime: number;
  attributes: Record<string, unknown>;
  events: { name: string; time: number; attributes: Record<string, unknown> }[];
  links: { traceId: string; spanId: string; attributes: Record<string, unknown> }[];
  status: { code: number; message: string | undefined };
  scope: string;
  resource: Record<string, unknown>;
}

/** A log record as a collector understands it. */
export interface CollectedLog {
  traceId: string | undefined;
  spanId: string | undefined;
  time: number;
  severity: number;
  level: string | undefined;
  eventName: string | undefined;
  body: unknown;
  attributes: Record<string, unknown>;
  scope: string;
}

// The wire's shapes, as loose as JSON is.
interface Value {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string | number;
  doubleValue?: number | string;
  arrayValue?: { values?: Value[] };
}
type Pairs = { key: string; value: Value }[];
interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  traceState?: string;
  flags?: number;
  name: string;
  kind?: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: Pairs;
  events?: { name: string; timeUnixNano: string; attributes?: Pairs }[];
  links?: { traceId: string; spanId: string; attributes?: Pairs }[];
  status?: { code?: number; message?: string };
}
interface WireLog {
  traceId?: string;
  spanId?: string;
  timeUnixNano: string;
  severityNumber: number;
  severityText?: string;
  eventName?: string;
  body?: Value;
  attributes?: Pairs;
}
interface LogEnvelope {
  resourceLogs?: { scopeLogs?: { scope?: { name?: string }; logRecords?: WireLog[] }[] }[];
}
interface Envelope {
  resourceSpans?: {
    resource?: { attributes?: Pairs };
    scopeSpans?: { scope?: { name?: string }; spans?: WireSpan[] }[];
  }[];
}

/** All spans of an OTLP/JSON body. Throws if the body is no JSON. */
export const readSpans = (body: string): CollectedSpan[] =>
  ((JSON.parse(body) as Envelope).resourceSpans ?? []).flatMap(({ resource, scopeSpans = [] }) =>
    scopeSpans.flatMap(({ scope, spans = [] }) =>
      spans.map((span) => readSpan(span, scope?.name ?? '', readPairs(resource?.attributes))),
    ),
  );

/** All log records of an OTLP/JSON body. */
export const readLogs = (body: string): CollectedLog[] =>
  ((JSON.parse(body) as LogEnvelope).resourceLogs ?? []).flatMap(({ scopeLogs = [] }) =>
    scopeLogs.flatMap(({ scope, logRecords = [] }) =>
      logRecords.map((record) => ({
        traceId: record.traceId,
        spanId: record.spanId,
        time: Number(record.timeUnixNano) / 1e6,
        severity: record.severityNumber,
        level: record.severityText,
        eventName: record.eventName,
        body: record.body && readValue(record.body),
        attributes: readPairs(record.attributes),
        scope: scope?.name ?? '',
      })),
    ),
  );

const readSpan = (span: WireSpan, scope: string, resource: Record<string, unknown>): CollectedSpan => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId || undefined,
  traceState: span.traceState || undefined,
  flags: span.flags ?? 0,
  name: span.name,
  kind: span.kind ?? 0,
  startTime: toMs(span.startTimeUnixNano),
  endTime: toMs(span.endTimeUnixNano),
  attributes: readPairs(span.attributes),
  events: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
    name,
    time: toMs(timeUnixNano),
    attributes: readPairs(attributes),
  })),
  links: (span.links ?? []).map(({ traceId, spanId, attributes }) => ({
    traceId,
    spanId,
    attributes: readPairs(attributes),
  })),
  status: { code: span.status?.code ?? 0, message: span.status?.message },
  scope,
  resource,
});

/** The string of nanoseconds must be exact decimal digits: a collector refuses anything else. */
const toMs = (nanos: string): number => {
  if (typeof nanos !== 'string' || !/^\d+$/.test(nanos)) throw new Error(`no nanoseconds: ${nanos}`);
  return Number(BigInt(nanos) / 1000n) / 1000;
};

const readPairs = (pairs: Pairs = []): Record<string, unknown> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, readValue(value)]));

const readValue = (value: Value): unknown => {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(readValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  return value.stringValue ?? value.boolValue;
};
