import { msFromNanos } from './parameters.mjs';

/** Where each web vital stops being good, and where it becomes poor (web.dev/articles/vitals). */
export const thresholds = {
  lcp: [2500, 4000],
  cls: [0.1, 0.25],
  inp: [200, 500],
  fcp: [1800, 3000],
  ttfb: [800, 1800],
};

const names = Object.keys(thresholds);

const vitalOf = (name) => `TRY_CAST((attributes->>'$."rootspan.web_vital.${name}"') AS DOUBLE)`;

/** The spans that carry vitals, each vital a column. */
export const VITALS = `
  SELECT trace_id, page_view_id, start_ns, end_ns, ${names.map((name) => `${vitalOf(name)} AS ${name}`).join(', ')}
  FROM spans WHERE is_agent AND name = 'web-vitals'`;

const present = (row) =>
  Object.fromEntries(names.filter((name) => row[name] !== null).map((name) => [name, row[name]]));

/** The latest vitals for each of the `ids`, which are values of `column`. */
export const readVitals = async (read, column, ids) => {
  const latest = names.map((name) => `arg_max(${name}, end_ns) AS ${name}`).join(', ');
  const rows = await read(
    `SELECT ${column} AS id, ${latest} FROM (${VITALS})
     WHERE ${column} IN (SELECT unnest(string_split($ids, ','))) GROUP BY ${column}`,
    { ids: ids.join(',') },
  );
  return new Map(rows.map((row) => [row.id, present(row)]));
};

const VITAL_EVENTS = `
  SELECT page_view_id, events FROM spans
  WHERE session_id = $session AND is_agent AND name = 'web-vitals' ORDER BY end_ns`;

/** When each vital of a session's page views had its last value, in epoch milliseconds: by page view, by name. */
export const readVitalTimes = async (read, session) => {
  const times = new Map();
  for (const row of await read(VITAL_EVENTS, { session })) {
    const view = times.get(row.page_view_id) ?? {};
    for (const { nanos, attributes } of JSON.parse(row.events)) {
      const name = attributes['browser.web_vital.name'];
      if (names.includes(name)) view[name] = msFromNanos(BigInt(nanos));
    }
    times.set(row.page_view_id, view);
  }
  return times;
};
