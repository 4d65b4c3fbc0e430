import { readNative } from '../platform/patch.js';

/** The members of RequestInit (Fetch, section 5.4) that a page may have put on a prototype. */
const MEMBERS =
  'body cache credentials duplex headers integrity keepalive method mode priority redirect referrer referrerPolicy signal window'.split(
    ' ',
  );

/** The arguments of a call of `fetch`, each read once, in the order in which the browser reads them. */
export interface FetchCall {
  readonly url: string;
  readonly method: string;
  readonly signal: unknown;
  readonly request: Request | undefined;
  readonly init: Record<string, unknown> | undefined;
  /** What to call the browser with: the same, already converted. */
  readonly args: unknown[];
}

/** Throws what the page's own getters, iterators and `toString` throw, and nothing else. */
export const readFetchCall = ([input, given, ...rest]: unknown[]): FetchCall => {
  const request = isRequest(input) ? input : undefined;
  const url = request ? request.url : `${input}`;
  const init = isObject(given) ? readInit(given) : undefined;
  const method = init?.method ?? request?.method ?? 'GET';
  return {
    url,
    method: typeof method === 'string' ? method : '_OTHER',
    signal: init?.signal ?? request?.signal,
    request,
    init,
    args: [request ?? url, ...(given === undefined ? [] : [init ?? given]), ...rest],
  };
};

/** The browser's own getter knows a Request of any frame; a polyfilled one is known by its class alone. */
const isRequest = (input: unknown): input is Request =>
  isObject(input) && (readNative(Request.prototype, 'url', input) !== undefined || input instanceof Request);

const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/**
 * A copy of the options. Without prototype, as the browser would ask `Object.prototype` for what is missing; sorted,
 * as it reads the members of a dictionary in that order.
 */
const readInit = (given: Record<PropertyKey, unknown>): Record<string, unknown> => {
  const init: Record<string, unknown> = Object.create(null);
  for (const key of [...new Set([...MEMBERS, ...Object.keys(given)])].sort()) {
    const value = given[key];
    if (value !== undefined) init[key] = key === 'headers' ? readHeaders(value) : value;
  }
  return init;
};

/** Lists and records are copied, since reading an iterator uses it up; what is neither goes to the browser as it is. */
const readHeaders = (headers: unknown): unknown => {
  if (!isObject(headers)) return headers;
  return isIterable(headers)
    ? Array.from(headers, (pair) => (isIterable(pair) ? [...pair] : pair))
    : { ...headers };
};

const isIterable = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && typeof value[Symbol.iterator] === 'function';

type Field = readonly [name: string, value: string];

/** The same call with our header fields, unless the page has set one of that name itself. */
export const withHeaders = ({ request, init, args }: FetchCall, ours: readonly Field[]): unknown[] => {
  const [input, given, ...rest] = args;
  const headers = init?.headers;
  // Options or headers that the browser will refuse: it must see them.
  if (!ours.length || (given != null && !init) || (headers !== undefined && !isObject(headers))) return args;
  if (request && headers === undefined && init?.body === undefined) {
    // A copy keeps everything, and the page's object unchanged but for the body, which a fetch uses up anyway.
    const copy = new Request(request);
    for (const [name, value] of ours) if (!copy.headers.has(name)) copy.headers.set(name, value);
    return [copy, ...args.slice(1)];
  }
  const merged = addFields(headers ?? (request && [...request.headers]), ours);
  return [input, Object.assign(Object.create(null), init, { headers: merged }), ...rest];
};

/** Lists stay lists and records stay records: names keep their case and order on the wire. */
const addFields = (headers: unknown, ours: readonly Field[]): unknown => {
  const list = Array.isArray(headers) ? headers : undefined;
  const names = list ? list.map((pair) => pair?.[0]) : Object.keys(headers ?? {});
  const taken = names.map((name) => typeof name === 'string' && name.toLowerCase());
  const missing = ours.filter(([name]) => !taken.includes(name));
  return list ? [...list, ...missing] : { ...(headers as object), ...Object.fromEntries(missing) };
};
