import {
  createFilter,
  cursorParameter,
  limitParameter,
  msFromNanos,
  nanosFromMs,
  numberParameter,
  readPage,
} from './parameters.mjs';
import { readVitals } from './vitals.mjs';

/**
 * The root of each trace, as a visitor would name it: the browser's first span, also where it continues the trace of
 * the server that sent the page, else a span whose parent is not stored. Among several a page view comes first, then
 * one that never had a parent rather than one whose parent is still on its way, then the earliest. A cycle of parents
 * has no such span; the same order then picks one all the same.
 */
export const TRACE_ROOTS = `
  SELECT child.trace_id, unnest(arg_min(
    {
      name: child.name, service: child.service, route: child.route, start_ns: child.start_ns,
      duration_ms: child.duration_ms,
      has_root: child.parent_span_id IS NULL OR coalesce(child.is_agent AND NOT parent.is_agent, false)
    },
    row(
      CASE
        WHEN child.is_agent AND NOT coalesce(parent.is_agent, false) THEN 0
        WHEN parent.span_id IS NULL THEN 1
        ELSE 2
      END,
      child.page_view_type IS NULL, child.parent_span_id IS NOT NULL, child.start_ns, child.span_id
    )
  ))
  FROM spans child LEFT JOIN (SELECT trace_id, span_id, is_agent FROM spans) parent
    ON parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id
  GROUP BY child.trace_id`;

const LIST = `
  WITH roots AS (${TRACE_ROOTS}),
  totals AS (
    SELECT trace_id, count(*)::INTEGER AS spans, count_if(status_code = 2)::INTEGER AS errors,
      max(session_id) AS session_id
    FROM spans GROUP BY trace_id
  )
  SELECT * FROM roots JOIN totals USING (trace_id)`;

const SERVICES = `
  SELECT trace_id, service AS name, count(*)::INTEGER AS spans, count_if(status_code = 2)::INTEGER AS errors
  FROM spans WHERE trace_id IN (SELECT unnest(string_split($ids, ',')))
  GROUP BY trace_id, service ORDER BY min(start_ns), service`;

const readServices = async (read, ids) => {
  const services = new Map(ids.map((id) => [id, []]));
  for (const { trace_id, ...service } of await read(SERVICES, { ids: ids.join(',') })) {
    services.get(trace_id).push(service);
  }
  return services;
};

const summaryOf = (row, services, vitals) => ({
  traceId: row.trace_id,
  rootName: row.name,
  rootService: row.service,
  route: row.route,
  sessionId: row.session_id,
  startTime: msFromNanos(row.start_ns),
  durationMs: row.duration_ms,
  spanCount: row.spans,
  errorCount: row.errors,
  services,
  vitals,
  hasRoot: row.has_root,
});

const summaries = async (read, rows) => {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.trace_id);
  const [services, vitals] = await Promise.all([readServices(read, ids), readVitals(read, 'trace_id', ids)]);
  return rows.map((row) => summaryOf(row, services.get(row.trace_id), vitals.get(row.trace_id) ?? {}));
};

// One span has to meet all of them: "an error in payments" is not "an error, and payments somewhere".
const spanFilter = (parameters) => {
  const filter = createFilter();
  const [service, name, q] = ['service', 'name', 'q'].map((key) => parameters.get(key));
  filter.add(service, 'service = $service', { service });
  filter.add(name, 'name = $name', { name });
  filter.add(parameters.get('error') === '1', 'status_code = 2');
  filter.add(
    q,
    `starts_with(trace_id, lower($q)) OR span_id = lower($q) OR contains(lower(name), lower($q))
      OR contains(lower(service), lower($q)) OR contains(lower(status_message), lower($q))
      OR contains(lower(attributes::VARCHAR), lower($q)) OR contains(lower(events::VARCHAR), lower($q))`,
    { q },
  );
  return filter;
};

const addTimes = (filter, parameters) => {
  for (const [name, sql] of [
    ['since', 'start_ns >= $since'],
    ['until', 'start_ns <= $until'],
  ]) {
    const ms = numberParameter(parameters, name);
    filter.add(ms, sql, ms === undefined ? {} : { [name]: nanosFromMs(ms) });
  }
};

const traceFilter = (parameters) => {
  const filter = createFilter();
  const [route, session] = ['route', 'session'].map((key) => parameters.get(key));
  const minDuration = numberParameter(parameters, 'minDuration');
  const maxDuration = numberParameter(parameters, 'maxDuration');
  const before = cursorParameter(parameters);
  filter.add(route, 'route = $route', { route });
  filter.add(session, 'trace_id IN (SELECT trace_id FROM spans WHERE session_id = $session)', { session });
  filter.add(minDuration, 'duration_ms >= $minDuration', { minDuration });
  filter.add(maxDuration, 'duration_ms <= $maxDuration', { maxDuration });
  filter.add(before, '(start_ns, trace_id) < ($beforeTime, $beforeId)', {
    beforeTime: before?.nanos,
    beforeId: before?.id,
  });
  addTimes(filter, parameters);
  return filter;
};

/** `GET /api/traces`: newest first, a page at a time. */
export const listTraces = async (read, parameters) => {
  const limit = limitParameter(parameters);
  const filter = traceFilter(parameters);
  const spans = spanFilter(parameters);
  filter.add(
    spans.sql() !== 'true',
    `trace_id IN (SELECT trace_id FROM spans WHERE ${spans.sql()})`,
    spans.values,
  );
  const { shown, next } = await readPage(read, LIST, filter, 'trace_id', limit);
  return { traces: await summaries(read, shown), next };
};

/** All traces of a session, oldest first. */
export const listSessionTraces = async (read, session) => {
  const rows = await read(
    `${LIST} WHERE trace_id IN (SELECT trace_id FROM spans WHERE session_id = $session) ORDER BY start_ns, trace_id`,
    { session },
  );
  return summaries(read, rows);
};
