import { readMoments } from './moments.mjs';
import { createFilter, cursorParameter, limitParameter, msFromNanos, readPage } from './parameters.mjs';
import { listSessionTraces } from './trace-list.mjs';
import { readVitals, readVitalTimes } from './vitals.mjs';

// Counted from the browser's spans: a failed request is one error of the visit, however many services it went through.
const VISITS = `
  SELECT session_id, min(start_ns) AS start_ns, max(end_ns) AS end_ns,
    count_if(page_view_type IS NOT NULL)::INTEGER AS page_views,
    count_if(is_agent AND kind = 3)::INTEGER AS requests,
    count_if(is_agent AND status_code = 2)::INTEGER AS errors,
    arg_min(route, start_ns) FILTER (page_view_type IS NOT NULL) AS entry_route,
    arg_max(route, start_ns) FILTER (page_view_type IS NOT NULL) AS last_route,
    arg_max(user_id, start_ns) AS user_id
  FROM spans WHERE session_id IS NOT NULL GROUP BY session_id`;

// A service without browser takes part by its spans in the traces of the session.
const TRACES_OF_SESSIONS = 'SELECT DISTINCT session_id, trace_id FROM spans WHERE session_id IS NOT NULL';

const SERVICES = `
  SELECT visit.session_id, list(DISTINCT spans.service ORDER BY spans.service) AS services
  FROM (${TRACES_OF_SESSIONS}) visit JOIN spans USING (trace_id) GROUP BY visit.session_id`;

const LIST = `
  WITH visits AS (${VISITS}), services AS (${SERVICES})
  SELECT * FROM visits JOIN services USING (session_id)`;

const sessionOf = (row) => ({
  sessionId: row.session_id,
  startTime: msFromNanos(row.start_ns),
  endTime: msFromNanos(row.end_ns),
  durationMs: msFromNanos(row.end_ns) - msFromNanos(row.start_ns),
  pageViews: row.page_views,
  requests: row.requests,
  errors: row.errors,
  services: row.services,
  entryRoute: row.entry_route,
  lastRoute: row.last_route,
  userId: row.user_id,
});

const filterOf = (parameters) => {
  const filter = createFilter();
  const [service, q] = ['service', 'q'].map((key) => parameters.get(key));
  const before = cursorParameter(parameters);
  filter.add(service, 'list_contains(services, $service)', { service });
  filter.add(parameters.get('error') === '1', 'errors > 0');
  filter.add(
    q,
    `contains(lower(session_id), lower($q)) OR contains(lower(user_id), lower($q)) OR session_id IN (
      SELECT session_id FROM spans WHERE contains(lower(route), lower($q)) OR contains(lower(name), lower($q)))`,
    { q },
  );
  filter.add(before, '(start_ns, session_id) < ($beforeTime, $beforeId)', {
    beforeTime: before?.nanos,
    beforeId: before?.id,
  });
  return filter;
};

/** `GET /api/sessions`: newest first, a page at a time. */
export const listSessions = async (read, parameters) => {
  const limit = limitParameter(parameters);
  const filter = filterOf(parameters);
  const { shown, next } = await readPage(read, LIST, filter, 'session_id', limit);
  return { sessions: shown.map(sessionOf), next };
};

const PAGE_VIEWS = `
  WITH counts AS (
    SELECT page_view_id, count_if(kind = 3)::INTEGER AS requests, count_if(status_code = 2)::INTEGER AS errors
    FROM spans WHERE session_id = $session AND is_agent GROUP BY page_view_id
  )
  SELECT view.page_view_id, view.trace_id, view.span_id, view.page_view_type, view.name, view.route, view.start_ns,
    view.duration_ms, requests, errors,
    view.attributes->>'$."url.full"' AS url,
    view.attributes->>'$."rootspan.end_reason"' AS end_reason,
    view.attributes->>'$."session.previous_id"' AS previous_id
  FROM spans view LEFT JOIN counts USING (page_view_id)
  WHERE view.session_id = $session AND view.page_view_type IS NOT NULL
  ORDER BY view.start_ns, view.span_id`;

const pageViewOf = (row, { vitals, times, causeOf, previousOf }) => ({
  id: row.page_view_id,
  traceId: row.trace_id,
  spanId: row.span_id,
  type: row.page_view_type,
  name: row.name,
  route: row.route,
  url: row.url,
  startTime: msFromNanos(row.start_ns),
  durationMs: row.duration_ms,
  endReason: row.end_reason,
  vitals: vitals.get(row.page_view_id) ?? {},
  vitalTimes: times.get(row.page_view_id) ?? {},
  cause: causeOf(row),
  previousSpanId: previousOf(row),
  requests: row.requests ?? 0,
  errors: row.errors ?? 0,
});

const readPageViews = async (read, session, links) => {
  const rows = await read(PAGE_VIEWS, { session });
  const ids = rows.flatMap((row) => row.page_view_id ?? []);
  const [vitals, times] = await Promise.all([
    readVitals(read, 'page_view_id', ids),
    readVitalTimes(read, session),
  ]);
  return {
    previousId: rows.find((row) => row.previous_id)?.previous_id ?? null,
    pageViews: rows.map((row) => pageViewOf(row, { vitals, times, ...links })),
  };
};

/** `GET /api/sessions/:id`, or undefined when no span names that session. */
export const readSession = async (read, session) => {
  const [row] = await read(`SELECT * FROM (${VISITS}) WHERE session_id = $session`, { session });
  if (!row) return undefined;
  const [{ moments, ...links }, traces] = await Promise.all([
    readMoments(read, session),
    listSessionTraces(read, session),
  ]);
  const views = await readPageViews(read, session, links);
  return {
    sessionId: session,
    previousId: views.previousId,
    startTime: msFromNanos(row.start_ns),
    endTime: msFromNanos(row.end_ns),
    pageViews: views.pageViews,
    moments,
    traces,
  };
};
