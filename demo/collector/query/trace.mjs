import { readNames, readSources } from './links.mjs';
import { msFromNanos } from './parameters.mjs';

const eventOf = ({ name, nanos, attributes }) => ({ name, time: msFromNanos(BigInt(nanos)), attributes });

const spanOf = (row, nameOf, sources) => ({
  traceId: row.trace_id,
  spanId: row.span_id,
  parentSpanId: row.parent_span_id,
  name: row.name,
  kind: row.kind,
  service: row.service,
  scope: row.scope,
  startTime: msFromNanos(row.start_ns),
  endTime: msFromNanos(row.end_ns),
  durationMs: row.duration_ms,
  status: { code: row.status_code, message: row.status_message },
  attributes: JSON.parse(row.attributes),
  resource: JSON.parse(row.resource),
  events: JSON.parse(row.events).map(eventOf),
  links: JSON.parse(row.links).map((link) => ({ ...link, name: nameOf(link) })),
  linkedFrom: sources.get(row.span_id) ?? [],
  dropped: JSON.parse(row.dropped),
});

const logOf = (row) => ({
  time: msFromNanos(row.time_ns),
  severity: row.severity,
  severityText: row.severity_text,
  body: JSON.parse(row.body),
  service: row.service,
  spanId: row.span_id,
  attributes: JSON.parse(row.attributes),
  eventName: row.event_name || null,
});

/** `GET /api/traces/:traceId`: every span and log record, or undefined when nothing of the trace is stored. */
export const readTrace = async (read, traceId) => {
  const values = { traceId: traceId.toLowerCase() };
  const [spans, logs, sources] = await Promise.all([
    read('FROM spans WHERE trace_id = $traceId ORDER BY start_ns, end_ns DESC, span_id', values),
    read('FROM logs WHERE trace_id = $traceId ORDER BY time_ns', values),
    readSources(read, values.traceId),
  ]);
  if (spans.length + logs.length === 0) return undefined;
  const nameOf = await readNames(
    read,
    spans.flatMap(({ links }) => JSON.parse(links)),
  );
  return {
    traceId: values.traceId,
    spans: spans.map((row) => spanOf(row, nameOf, sources)),
    logs: logs.map(logOf),
  };
};
