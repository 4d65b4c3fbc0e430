// The plain values behind the wire's AnyValue, and back, as a reader of OTLP/JSON understands them.
export interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number | string;
  arrayValue?: { values?: AnyValue[] };
}
export type Pairs = { key: string; value: AnyValue }[];

export interface WireEvent {
  timeUnixNano?: string;
  name?: string;
  attributes?: Pairs;
  droppedAttributesCount?: number;
}
export interface WireLink {
  traceId: string;
  spanId: string;
  traceState?: string;
  flags?: number;
  attributes?: Pairs;
  droppedAttributesCount?: number;
}
export interface WireSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  traceState?: string;
  flags?: number;
  name?: string;
  kind?: number;
  startTimeUnixNano?: string;
  endTimeUnixNano?: string;
  attributes?: Pairs;
  events?: WireEvent[];
  links?: WireLink[];
  status?: { code?: number; message?: string };
  droppedAttributesCount?: number;
  droppedEventsCount?: number;
  droppedLinksCount?: number;
}
export interface WireScope {
  scope?: { name?: string; version?: string };
  spans?: WireSpan[];
  schemaUrl?: string;
}
export interface WireRequest {
  resourceSpans?: { resource?: { attributes?: Pairs }; scopeSpans?: WireScope[]; schemaUrl?: string }[];
}

export type Plain = string | boolean | number | Plain[];

export const readAnyValue = ({
  stringValue,
  boolValue,
  intValue,
  doubleValue,
  arrayValue,
}: AnyValue): Plain => {
  if (arrayValue) return (arrayValue.values ?? []).map(readAnyValue);
  if (intValue !== undefined) return Number(intValue);
  if (doubleValue !== undefined) return Number(doubleValue);
  return stringValue ?? boolValue ?? 'an empty value';
};

export const readPairs = (pairs: Pairs = []): Record<string, Plain> =>
  Object.fromEntries(pairs.map(({ key, value }) => [key, readAnyValue(value)]));

/** The first span of a request. */
export const firstSpan = (request: unknown): WireSpan => {
  const span = (request as WireRequest).resourceSpans?.[0]?.scopeSpans?.[0]?.spans?.[0];
  if (!span) throw new Error('the request has no span');
  return span;
};
