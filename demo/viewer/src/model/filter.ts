/** What the trace list is limited to. The page's URL holds it, under the same names. */
export interface TraceFilter {
  q: string;
  service: string;
  route: string;
  name: string;
  session: string;
  minDuration: string;
  maxDuration: string;
  error: boolean;
  /** One of `RANGES`; ignored when `since` or `until` is set. */
  range: string;
  since: string;
  until: string;
}

export const RANGES: readonly { value: string; text: string; minutes: number }[] = [
  { value: '15m', text: 'Last 15 minutes', minutes: 15 },
  { value: '1h', text: 'Last hour', minutes: 60 },
  { value: '6h', text: 'Last 6 hours', minutes: 360 },
  { value: '24h', text: 'Last 24 hours', minutes: 1440 },
];

const TEXTS = [
  'q',
  'service',
  'route',
  'name',
  'session',
  'minDuration',
  'maxDuration',
  'range',
  'since',
  'until',
] as const;

export type TextField = (typeof TEXTS)[number];

export const readFilter = (search: URLSearchParams): TraceFilter => {
  const filter = { error: search.get('error') === '1' } as TraceFilter;
  for (const field of TEXTS) filter[field] = search.get(field) ?? '';
  return filter;
};

/** The URL's parameters after a change; what is empty is left out, what is not a filter stays. */
export const writeFilter = (search: URLSearchParams, change: Partial<TraceFilter>): URLSearchParams => {
  const next = new URLSearchParams(search);
  for (const [field, value] of Object.entries(change)) {
    if (value === '' || value === false) next.delete(field);
    else next.set(field, value === true ? '1' : String(value));
  }
  return next;
};

/** The parameters of the API; `now` turns a relative range into a time. */
export const filterQuery = (filter: TraceFilter, now: number): URLSearchParams => {
  const query = new URLSearchParams();
  const texts: TextField[] = ['q', 'service', 'route', 'name', 'session', 'since', 'until'];
  for (const field of texts) if (filter[field].trim()) query.set(field, filter[field].trim());
  setDuration(query, 'minDuration', filter.minDuration);
  setDuration(query, 'maxDuration', filter.maxDuration);
  if (filter.error) query.set('error', '1');
  const range = RANGES.find(({ value }) => value === filter.range);
  if (range && !filter.since && !filter.until)
    query.set('since', String(Math.round(now - range.minutes * 60_000)));
  return query;
};

/** How many filters are set, the search field and the time aside: the number on the phone's filter button. */
export const countFilters = (filter: TraceFilter): number => {
  const fields: TextField[] = ['service', 'route', 'name', 'session', 'minDuration', 'maxDuration'];
  return fields.filter((field) => filter[field] !== '').length;
};

export const isFiltered = (filter: TraceFilter): boolean =>
  countFilters(filter) > 0 || filter.error || TEXTS.some((field) => filter[field] !== '');

/** `250`, `250ms`, `1.5s`, `2m`, `300us` in milliseconds; undefined for anything else. */
export const parseDuration = (text: string): number | undefined => {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(us|µs|ms|s|m|min)?\s*$/i.exec(text);
  if (!match) return undefined;
  const units: Record<string, number> = { us: 0.001, µs: 0.001, ms: 1, s: 1000, m: 60_000, min: 60_000 };
  return Number(match[1]?.replace(',', '.')) * (units[match[2]?.toLowerCase() ?? 'ms'] ?? 1);
};

const setDuration = (query: URLSearchParams, field: string, text: string): void => {
  const duration = parseDuration(text);
  if (duration !== undefined) query.set(field, String(duration));
};
