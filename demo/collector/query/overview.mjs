import { BadParameter, nanosFromMs, numberParameter } from './parameters.mjs';
import { TRACE_ROOTS } from './trace-list.mjs';
import { thresholds, VITALS } from './vitals.mjs';

const SECOND = 1000;
const steps = [5, 10, 30, 60, 300, 900, 3600, 21_600, 86_400].map((seconds) => seconds * SECOND);
const MAX_BUCKETS = 60;
const MAX_MINUTES = 60 * 24 * 60;

const BUCKETS = `
  WITH roots AS (${TRACE_ROOTS}),
  failed AS (SELECT DISTINCT trace_id FROM spans WHERE status_code = 2)
  SELECT (start_ns // $step)::BIGINT AS bucket, count(*)::INTEGER AS traces,
    count(failed.trace_id)::INTEGER AS errors,
    quantile_cont(duration_ms, 0.5) AS p50, quantile_cont(duration_ms, 0.95) AS p95
  FROM roots LEFT JOIN failed USING (trace_id)
  WHERE start_ns >= $since GROUP BY bucket`;

const windowOf = (parameters) => {
  const minutes = numberParameter(parameters, 'minutes') ?? 60;
  if (minutes <= 0 || minutes > MAX_MINUTES)
    throw new BadParameter(`minutes must be above 0, at most ${MAX_MINUTES}`);
  const length = minutes * 60 * SECOND;
  const step = steps.find((size) => length / size <= MAX_BUCKETS) ?? steps.at(-1);
  const now = Date.now();
  const first = Math.floor((now - length) / step) * step + step;
  return { step, first, last: Math.floor(now / step) * step };
};

const emptyBucket = { traces: 0, errors: 0, p50: null, p95: null };

const readBuckets = async (read, { step, first, last }) => {
  const rows = await read(BUCKETS, { step: nanosFromMs(step), since: nanosFromMs(first) });
  const filled = new Map(rows.map(({ bucket, ...values }) => [Number(bucket) * step, values]));
  const buckets = [];
  for (let time = first; time <= last; time += step)
    buckets.push({ time, ...(filled.get(time) ?? emptyBucket) });
  return buckets;
};

const VITAL = (name, [good, poor]) => `
  SELECT '${name}' AS name, quantile_cont(${name}, 0.75) AS p75, count(${name})::INTEGER AS count,
    count(*) FILTER (${name} <= ${good})::INTEGER AS good, count(*) FILTER (${name} > ${poor})::INTEGER AS poor
  FROM vitals`;

const VITALS_OVERVIEW = `
  WITH vitals AS (SELECT * FROM (${VITALS}) WHERE start_ns >= $since)
  ${Object.entries(thresholds)
    .map(([name, limits]) => VITAL(name, limits))
    .join(' UNION ALL ')}`;

const readVitalsOverview = async (read, { first }) => {
  const rows = await read(VITALS_OVERVIEW, { since: nanosFromMs(first) });
  return Object.fromEntries(
    rows.map(({ name, p75, count, good, poor }) => [
      name,
      { p75, good, needsImprovement: count - good - poor, poor, count },
    ]),
  );
};

/** `GET /api/overview`: traces over time, and the web vitals of the same time. */
export const readOverview = async (read, parameters) => {
  const window = windowOf(parameters);
  const [buckets, vitals] = await Promise.all([readBuckets(read, window), readVitalsOverview(read, window)]);
  return { buckets, vitals };
};

const FACET_LIMIT = 200;

const facet = (column, source) => `
  SELECT ${column} AS value, count(*)::INTEGER AS count FROM ${source}
  WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY count DESC, value LIMIT ${FACET_LIMIT}`;

/** `GET /api/facets`: what can be filtered by. A route is that of a root, as in the filter. */
export const readFacets = async (read) => {
  const [services, routes, names] = await Promise.all([
    read(facet('service', 'spans')),
    read(facet('route', `(${TRACE_ROOTS})`)),
    read(facet('name', 'spans')),
  ]);
  return { services, routes, names };
};

const STATS = `
  SELECT count(*)::DOUBLE AS spans, count(DISTINCT trace_id)::DOUBLE AS traces,
    count(DISTINCT session_id)::DOUBLE AS sessions, (SELECT count(*) FROM logs)::DOUBLE AS logs,
    (SELECT rejected FROM totals)::DOUBLE AS rejected, (SELECT bytes FROM totals)::DOUBLE AS bytes
  FROM spans`;

/** `GET /api/stats`: what is stored, and what was refused and received since the file was made. */
export const readStats = async (read) => (await read(STATS))[0];
