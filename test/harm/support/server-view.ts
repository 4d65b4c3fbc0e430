import type { PageRequest, PageServer } from '../../support/page-server.js';

/** What a server knows of one request, without what differs from run to run. */
export interface SeenRequest {
  to: 'own' | 'other';
  method: string;
  url: string;
  /**
   * `Name: value`, names in the case of the wire. Sorted: Chromium keeps them in a hash table, in which one more field
   * moves the others (`headers.spec.ts` compares the order with a page that sets such a field by hand).
   */
  headers: string[];
  body: string;
  /** The answer is complete or the client has hung up. */
  isClosed: boolean;
  /** The client took more of an endless answer than the browser buffers. */
  isFlooded: boolean;
}

const OURS = /^(traceparent|tracestate): /i;
/** Chromium holds back what nobody reads after 6.5 MB; the others take what comes. */
const floodBytes = ({ headers }: PageRequest): number =>
  headers['user-agent']?.includes('Chrome') ? 10e6 : Number.POSITIVE_INFINITY;

/** The requests of one case, in an order that does not hang on the network. */
export const seenRequests = (server: PageServer, path: string): SeenRequest[] =>
  server
    .requests(path)
    .filter(({ url }) => !/\d/.test(url.slice(url.indexOf(path) + path.length).charAt(0)))
    .map((request) => view(server, request))
    .sort((a, b) => key(a).localeCompare(key(b)))
    .filter(isNoRetry);

const key = ({ to, url, method, body }: SeenRequest): string => `${to} ${url} ${method} ${body}`;

/** Chromium asks again when a connection that it used before is cut; whether it had one is chance. */
const isNoRetry = (request: SeenRequest, index: number, all: SeenRequest[]): boolean =>
  !request.url.includes('close=1') || all.findIndex(({ url }) => url === request.url) === index;

const view = ({ origin }: PageServer, request: PageRequest): SeenRequest => {
  const { method, url, rawHeaders, body, closedAt } = request;
  const headers: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return {
    to: request.origin === origin ? 'own' : 'other',
    method,
    url,
    headers: headers.map((line) => withoutBoundary(withoutLength(line, body))).sort(),
    body: withoutBoundary(body),
    isClosed: closedAt !== undefined,
    isFlooded: request.bytesSent() > floodBytes(request),
  };
};

/** A new boundary is drawn for each form, in Firefox of no fixed length. */
export const withoutBoundary = (text: string): string =>
  text.replace(/(WebKitFormBoundary|geckoformboundary)\w+/g, '$1');

/** The length of a body with such a boundary. */
const withoutLength = (line: string, body: string): string =>
  body.includes('geckoformboundary') ? line.replace(/^(content-length): \d+/i, '$1') : line;

/** `traceparent` and `tracestate` fields of a request. */
export const traceHeaders = ({ headers }: SeenRequest): string[] => headers.filter((line) => OURS.test(line));

/** The request without the header fields that are ours: where the page has a `traceparent` of its own, none may be. */
export const withoutOurs = (request: SeenRequest, plain: SeenRequest | undefined): SeenRequest => {
  const own = plain ? traceHeaders(plain) : [];
  if (own.some((line) => /^traceparent/i.test(line))) return request;
  return { ...request, headers: request.headers.filter((line) => !OURS.test(line) || own.includes(line)) };
};

/** The request with the form of its trace header alone. */
export const withoutTraceIds = (request: SeenRequest): SeenRequest => ({
  ...request,
  headers: request.headers.map((line) =>
    line.replace(/^(traceparent: 00)-[\da-f]{32}-[\da-f]{16}-/, '$1-…-'),
  ),
});
