import { readNames } from './links.mjs';
import { msFromNanos } from './parameters.mjs';

/** A visit that has more is told to here: a page that fails without end would drown its own story. */
const MOST = 500;

// Whatever a person would tell of the visit, besides the page views: what was done, what failed, what took long.
const MOMENTS = `
  SELECT * FROM spans
  WHERE session_id = $session AND is_agent AND (
    status_code = 2 OR contains(events::VARCHAR, '"exception"') OR scope IN (
      'rootspan/interactions', 'rootspan/long-frames', 'rootspan/reports', 'rootspan/websocket',
      'rootspan/event-source'
    )
  )
  ORDER BY start_ns, span_id LIMIT ${MOST}`;

const LINKED = `
  SELECT trace_id, span_id, page_view_id, page_view_type, name, links FROM spans
  WHERE session_id = $session AND page_view_type IS NOT NULL AND len(links::VARCHAR) > 2`;

const INTERACTION = 'rootspan.interaction.';

const KINDS = new Map([
  ['rootspan/interactions', 'interaction'],
  ['rootspan/long-frames', 'long-frame'],
  ['rootspan/reports', 'report'],
  ['rootspan/websocket', 'connection'],
  ['rootspan/event-source', 'connection'],
]);

/** What is told of a moment beside its name; the rest is in its trace. */
const TOLD = /^(http\.response\.status_code|error\.type|rootspan\.(connection|long_frame|report)\..+)$/;

const placeOf = (row) => ({
  traceId: row.trace_id,
  spanId: row.span_id,
  pageViewId: row.page_view_id,
  name: row.name,
});

// Attributes are the sender's: what should be a number may be anything.
const numberFrom = (value, otherwise) => (typeof value === 'number' ? value : otherwise);
const textFrom = (value, otherwise) => (typeof value === 'string' ? value : otherwise);

/** The scripts to blame for a long frame; where the frame has none, the browser knows none. */
const scriptsOf = (events) =>
  events
    .filter(({ name }) => name === 'script')
    .map(({ attributes }) => ({
      invoker: textFrom(attributes['rootspan.script.invoker'], ''),
      source: textFrom(attributes['rootspan.script.source'], ''),
      durationMs: numberFrom(attributes['rootspan.script.duration_ms'], 0),
    }));

const spanMoment = (row, events, ledTo) => {
  const attributes = JSON.parse(row.attributes);
  const kind = KINDS.get(row.scope) ?? 'request';
  const failed = row.status_code === 2;
  const marks = ['rage', 'dead', 'slow'].filter((mark) => attributes[`${INTERACTION}${mark}`] === true);
  if (kind === 'interaction' && failed) marks.push('error');
  return {
    ...placeOf(row),
    kind,
    time: msFromNanos(row.start_ns),
    durationMs: numberFrom(attributes[`${INTERACTION}duration_ms`], row.duration_ms),
    failed,
    marks,
    count: 1,
    detail: Object.fromEntries(Object.entries(attributes).filter(([name]) => TOLD.test(name))),
    scripts: scriptsOf(events),
    ledTo: ledTo(row),
  };
};

const exceptionMoment = (row, { nanos, attributes }) => ({
  ...placeOf(row),
  kind: 'error',
  name: textFrom(attributes['exception.type'], 'Error'),
  time: msFromNanos(BigInt(nanos)),
  durationMs: 0,
  failed: true,
  marks: [],
  count: numberFrom(attributes['rootspan.exception.count'], 1),
  detail: { 'exception.message': attributes['exception.message'] ?? '' },
  scripts: [],
  ledTo: [],
});

/** A span has its place in the story by its kind, or when it is a request that failed; its exceptions come after it. */
const momentsOf = (row, ledTo) => {
  const events = JSON.parse(row.events);
  const exceptions = events
    .filter(({ name }) => name === 'exception')
    .map((event) => exceptionMoment(row, event));
  const isFailedRequest = row.status_code === 2 && (row.kind === 3 || row.scope === 'rootspan/resource');
  const isTold = KINDS.has(row.scope) || (isFailedRequest && exceptions.length === 0);
  return isTold ? [spanMoment(row, events, ledTo), ...exceptions] : exceptions;
};

const linksOf = (row) =>
  JSON.parse(row.links).map(({ attributes, ...link }) => ({
    ...link,
    row,
    isPrevious: attributes['rootspan.link'] === 'previous',
  }));

/** What the page views of a session are linked to, and the way back: which of them an interaction led to. */
const readCauses = async (read, session) => {
  const links = (await read(LINKED, { session })).flatMap(linksOf);
  // A page load may be linked to its server's trace besides.
  const causes = links.filter(({ row, isPrevious }) => row.page_view_type === 'route' && !isPrevious);
  const nameOf = await readNames(read, causes);
  const from = (row) => (link) => link.row.span_id === row.span_id && link.row.trace_id === row.trace_id;
  const to = (row) => (link) => link.spanId === row.span_id && link.traceId === row.trace_id;
  return {
    ledTo: (row) => causes.filter(to(row)).map((link) => placeOf(link.row)),
    causeOf: (row) => {
      const { traceId, spanId } = causes.find(from(row)) ?? {};
      return spanId ? { traceId, spanId, name: nameOf({ traceId, spanId }) } : null;
    },
    previousOf: (row) => links.filter(({ isPrevious }) => isPrevious).find(from(row))?.spanId ?? null,
  };
};

/** What happened in a session besides its page views, in order; and which of it caused a page view. */
export const readMoments = async (read, session) => {
  const [{ ledTo, causeOf, previousOf }, rows] = await Promise.all([
    readCauses(read, session),
    read(MOMENTS, { session }),
  ]);
  const moments = rows.flatMap((row) => momentsOf(row, ledTo));
  return { moments: moments.sort((a, b) => a.time - b.time), causeOf, previousOf };
};
