import { readNative } from '../platform/patch.js';

// RequestInit (Fetch, section 5.4); members may stand on a prototype, where Object.keys does not see them.
const MEMBERS =
  'body cache credentials duplex headers integrity keepalive method mode priority redirect referrer referrerPolicy signal window';

type Bag = Record<PropertyKey, unknown>;
type Field = readonly [name: string, value: string];

/** The arguments of a call of `fetch`, each read once, in the order in which the browser reads them. */
export interface FetchCall {
  readonly url: string;
  readonly method: string;
  readonly signal: unknown;
  readonly request: Request | undefined;
  readonly init: Bag | undefined;
  /** What to call the browser with: the same, already read. */
  readonly args: unknown[];
}

/** Throws what the page's own getters, iterators and `toString` throw, and nothing else. */
export const readFetchCall = ([input, given, ...rest]: unknown[]): FetchCall => {
  const request = isRequest(input) ? input : undefined;
  const url = request?.url ?? `${input}`;
  const init = isObject(given) ? readInit(given) : undefined;
  const method = init?.method ?? request?.method ?? 'GET';
  return {
    url,
    method: typeof method === 'string' ? method : '',
    signal: init?.signal ?? request?.signal,
    request,
    init,
    args: [request ?? url, init ?? given, ...rest],
  };
};

/** The browser's own getter knows a Request of any frame; a polyfilled one is known by its class alone. */
const isRequest = (input: unknown): input is Request =>
  readNative(Request.prototype, 'url', input) !== undefined || input instanceof Request;

const isObject = (value: unknown): value is Bag => Object(value) === value;

const isIterable = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && typeof value[Symbol.iterator] === 'function';

/**
 * A copy of the options. Without prototype, as the browser would ask `Object.prototype` for what is missing; sorted,
 * as it reads the members of a dictionary in that order.
 */
const readInit = (given: Bag): Bag => {
  const init: Bag = Object.create(null);
  for (const key of [...new Set([...MEMBERS.split(' '), ...Object.keys(given)])].sort()) {
    const value = given[key];
    if (value !== undefined) init[key] = key === 'headers' ? readHeaders(value) : value;
  }
  return init;
};

/** Lists and records are copied, since reading an iterator uses it up; what is neither goes to the browser as it is. */
const readHeaders = (headers: unknown): unknown => {
  if (isIterable(headers)) return Array.from(headers, (pair) => (isIterable(pair) ? [...pair] : pair));
  return isObject(headers) ? { ...headers } : headers;
};

/** The same call with our header fields, unless the page has set one of that name itself. */
export const withFields = ({ request, init = {}, args }: FetchCall, ours: readonly Field[]): unknown[] => {
  const [input, given = {}, ...rest] = args;
  const { headers = request ? undefined : {}, body } = init;
  if (request && !headers && body === undefined) {
    // A copy keeps everything, and the page's object unchanged but for the body, which a fetch uses up anyway.
    const copy = new Request(request);
    for (const [name, value] of ours) if (!copy.headers.has(name)) copy.headers.set(name, value);
    return [copy, ...args.slice(1)];
  }
  const own = headers ?? [...(request?.headers ?? [])];
  // Options or headers that the browser will refuse: it must see them.
  if (!isObject(given) || !isObject(own)) return args;
  return [input, Object.assign(Object.create(null), init, { headers: addFields(own, ours) }), ...rest];
};

/** Lists stay lists and records stay records: names keep their case and order on the wire. */
const addFields = (headers: Bag, ours: readonly Field[]): unknown => {
  const isList = Array.isArray(headers);
  const names = isList ? headers.map((pair) => pair?.[0]) : Object.keys(headers);
  const missing = ours.filter(
    ([name]) => !names.some((other) => typeof other === 'string' && other.toLowerCase() === name),
  );
  return isList ? [...headers, ...missing] : { ...headers, ...Object.fromEntries(missing) };
};
