import { createFilter, limitParameter, msFromNanos, nanosFromMs, numberParameter } from './parameters.mjs';

const OCCURRENCES = 100;

/** What a span must have so that it needs no exception to be told of: a visitor's request that failed. */
const FAILED_REQUEST = `is_agent AND status_code = 2 AND NOT contains(events::VARCHAR, '"exception"') AND (
  kind = 3 OR (scope = 'rootspan/resource' AND coalesce(
    attributes->>'$."browser.resource_timing.initiator_type"', '') NOT IN ('img', 'script', 'link')))`;

// An element that could not load is an exception already; a failed request of a service is told by its exception.
const EVENTS = `
  SELECT trace_id, span_id, service, session_id, page_view_id, route, is_agent, event.nanos::UBIGINT AS time_ns,
    coalesce(event.attributes->>'$."exception.type"', 'Error') AS type,
    coalesce(event.attributes->>'$."exception.message"', '') AS message,
    event.attributes->>'$."exception.stacktrace"' AS stack,
    greatest(TRY_CAST(event.attributes->>'$."rootspan.exception.count"' AS INTEGER), 1) AS times
  FROM (
    SELECT *, unnest(from_json(events, '[{"name":"VARCHAR","nanos":"VARCHAR","attributes":"JSON"}]')) AS event
    FROM spans WHERE contains(events::VARCHAR, '"exception"')
  ) WHERE event.name = 'exception'
  UNION ALL
  SELECT trace_id, span_id, service, session_id, page_view_id, route, is_agent, end_ns AS time_ns,
    CASE WHEN attributes->>'$."http.response.status_code"' >= '400'
      THEN concat('HTTP ', attributes->>'$."http.response.status_code"')
      ELSE coalesce(attributes->>'$."error.type"', 'Error') END AS type,
    name AS message, NULL AS stack, 1 AS times
  FROM spans WHERE ${FAILED_REQUEST}`;

// The route is that of the page; an error of a service has the service's own, and the session of its trace.
const ERRORS = `
  WITH views AS (
    SELECT page_view_id, any_value(route) AS route FROM spans WHERE page_view_type IS NOT NULL GROUP BY page_view_id
  ),
  visits AS (
    SELECT trace_id, max(session_id) AS session_id FROM spans WHERE session_id IS NOT NULL GROUP BY trace_id
  )
  SELECT found.* EXCLUDE (route, session_id), coalesce(views.route, found.route, '') AS route,
    coalesce(found.session_id, visits.session_id) AS session_id,
    md5(concat_ws(chr(31), service, type, message, coalesce(views.route, found.route, '')))[:16] AS id
  FROM (${EVENTS}) found LEFT JOIN views USING (page_view_id) LEFT JOIN visits USING (trace_id)`;

// The counts are the sender's: their sum may be more than the type holds, and the query would fail for good.
const GROUPS = `
  SELECT id, service, type, message, route, least(sum(times), 2147483647)::INTEGER AS count,
    count(DISTINCT session_id)::INTEGER AS sessions, min(time_ns) AS first_ns, max(time_ns) AS last_ns,
    arg_max(trace_id, time_ns) AS trace_id, arg_max(span_id, time_ns) AS span_id
  FROM (${ERRORS}) WHERE $condition GROUP BY id, service, type, message, route`;

const groupOf = (row) => ({
  id: row.id,
  service: row.service,
  type: row.type,
  message: row.message,
  route: row.route || null,
  count: row.count,
  sessions: row.sessions,
  firstTime: msFromNanos(row.first_ns),
  lastTime: msFromNanos(row.last_ns),
  traceId: row.trace_id,
  spanId: row.span_id,
});

const filterOf = (parameters) => {
  const filter = createFilter();
  const [service, q] = ['service', 'q'].map((key) => parameters.get(key));
  const since = numberParameter(parameters, 'since');
  filter.add(service, 'service = $service', { service });
  filter.add(q, `contains(lower(concat_ws(' ', type, message, route, stack)), lower($q))`, { q });
  filter.add(since, 'time_ns >= $since', since === undefined ? {} : { since: nanosFromMs(since) });
  return filter;
};

const groupsWhere = (read, filter, rest = '') =>
  read(`${GROUPS.replace('$condition', () => filter.sql())} ${rest}`, filter.values);

/** `GET /api/errors`: what went wrong, the same mistake on the same page once; `sort=count` for the most frequent. */
export const listErrors = async (read, parameters) => {
  const order = parameters.get('sort') === 'count' ? 'count DESC, last_ns DESC' : 'last_ns DESC';
  const limit = limitParameter(parameters);
  const rows = await groupsWhere(read, filterOf(parameters), `ORDER BY ${order}, id LIMIT ${limit + 1}`);
  return { errors: rows.slice(0, limit).map(groupOf), more: rows.length > limit };
};

const occurrenceOf = (row) => ({
  traceId: row.trace_id,
  spanId: row.span_id,
  sessionId: row.session_id,
  time: msFromNanos(row.time_ns),
  times: row.times,
  spanName: row.span_name,
});

const TOLD = `
  SELECT error.*, span.name AS span_name FROM (${ERRORS}) error LEFT JOIN spans span
    ON span.trace_id = error.trace_id AND span.span_id = error.span_id
  WHERE error.id = $id ORDER BY time_ns DESC, error.span_id LIMIT ${OCCURRENCES}`;

/** `GET /api/errors/:id`: one of them with its latest stack trace and where it was met, or undefined. */
export const readError = async (read, id) => {
  const filter = createFilter();
  filter.add(id, 'id = $id', { id });
  const [[group], rows] = await Promise.all([groupsWhere(read, filter), read(TOLD, { id })]);
  if (!group) return undefined;
  const stack = rows.find((row) => row.stack)?.stack ?? null;
  return { ...groupOf(group), stack, occurrences: rows.map(occurrenceOf) };
};
