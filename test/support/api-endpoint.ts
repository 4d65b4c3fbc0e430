import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { corsHeaders } from './http-server.js';

/**
 * What a URL under `/api/` does is written in its query, so that every test sees it where it asks:
 *
 * - `status=503` the status; `header=name:value` a response header, repeatable; `size=1000` a body of so many bytes
 * - `delay=200` milliseconds before the answer; `body-delay=200` milliseconds between the headers and the body
 * - `stream=10&interval=50` ten chunks, one each 50 ms; `endless=1` chunks until the client hangs up
 * - `etag=1` an `ETag`, and 304 for a client that has it
 * - `redirect=URL` 302 (or `status`) to URL; `close=1` cuts the connection without an answer, `close=body` amid the body
 * - `events=3` an event stream with so many messages `message 0` …, one more of the name `named=…`; it stays open, or
 *   ends with `end=1`, upon which the browser comes again after 10 ms; with
 *   `once=1` it is then refused
 * - `hang=1` never answers; `until=/api/path` answers once there was a request to that path (see `page-server.ts`)
 * - `cors=no` no CORS at all; `cors=refuse-headers` allows the origin, but no request header that is not safelisted
 *
 * The body, unless said otherwise, is JSON with what the server saw: `{ method, url, headers, rawHeaders, body }`.
 */
export const answerApi = async (
  request: IncomingMessage,
  response: ServerResponse,
  body: Promise<Buffer>,
): Promise<void> => {
  const { searchParams: query } = new URL(request.url ?? '/', 'http://page.test');
  const cors = corsFor(request, query.get('cors'));
  if (request.method === 'OPTIONS') {
    response.writeHead(204, cors).end();
    return;
  }
  const received = await body;
  await sleep(Number(query.get('delay') ?? 0));
  // A browser that comes again tells how far it was.
  if (query.has('once') && request.headers['last-event-id']) query.set('status', '410');
  if (query.has('hang')) return;
  if (query.get('close') === '1') {
    request.socket.destroy();
    return;
  }
  const isKnown = query.has('etag') && request.headers['if-none-match'];
  response.writeHead(isKnown ? 304 : statusOf(query), {
    'Cache-Control': 'no-store',
    ...cors,
    ...headersOf(query),
  });
  await sendBody(request, response, received, query);
};

const corsFor = (request: IncomingMessage, mode: string | null): Record<string, string> => {
  if (mode === 'no') return {};
  const headers = corsHeaders(request);
  return mode === 'refuse-headers' ? { ...headers, 'Access-Control-Allow-Headers': '' } : headers;
};

const statusOf = (query: URLSearchParams): number =>
  Number(query.get('status') ?? (query.has('redirect') ? 302 : 200));

const headersOf = (query: URLSearchParams): Record<string, string> => {
  const given = query.getAll('header').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const redirect = query.get('redirect');
  return {
    'Content-Type': query.has('events')
      ? 'text/event-stream'
      : isPlain(query)
        ? 'text/plain'
        : 'application/json',
    ...(redirect ? { Location: redirect } : {}),
    ...(query.has('etag') ? { ETag: '"1"' } : {}),
    ...Object.fromEntries(given),
  };
};

const isPlain = (query: URLSearchParams): boolean =>
  ['size', 'stream', 'endless', 'close'].some((name) => query.has(name));

const sendBody = async (
  request: IncomingMessage,
  response: ServerResponse,
  received: Buffer,
  query: URLSearchParams,
): Promise<void> => {
  const pause = query.get('body-delay');
  if (pause) {
    response.flushHeaders();
    await sleep(Number(pause));
  }
  if (query.get('close') === 'body') {
    // The chunk has to be on its way before the connection breaks.
    response.write('half of it', () => request.socket.destroy());
  } else if (query.has('endless')) await sendChunks(response, Number.POSITIVE_INFINITY, 0);
  else if (query.has('stream')) {
    await sendChunks(response, Number(query.get('stream')), Number(query.get('interval') ?? 20));
  } else if (query.has('size')) response.end(Buffer.alloc(Number(query.get('size')), 'x'));
  else if (query.has('events')) sendEvents(response, query);
  else if ([204, 205, 304].includes(response.statusCode)) response.end();
  else response.end(echo(request, received));
};

const sendEvents = (response: ServerResponse, query: URLSearchParams): void => {
  const named = query.get('named');
  response.write('retry: 10\n\n');
  for (let index = 0; index < Number(query.get('events')); index++)
    response.write(`id: ${index}\ndata: message ${index}\n\n`);
  if (named) response.write(`event: ${named}\ndata: named\n\n`);
  if (query.has('end')) response.end();
};

/** Waits for the client to take what was sent, as any decent server does. */
const sendChunks = async (response: ServerResponse, count: number, interval: number): Promise<void> => {
  const chunk = Buffer.alloc(interval ? 16 : 65_536, 'x');
  for (let sent = 0; sent < count && !response.destroyed; sent++) {
    const hasRoom = response.write(chunk);
    if (!hasRoom) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    await sleep(interval);
  }
  response.end();
};

const once = (response: ServerResponse, event: string): Promise<void> =>
  new Promise((resolve) => {
    response.once(event, () => resolve());
  });

const echo = ({ method, url, headers, rawHeaders }: IncomingMessage, received: Buffer): string =>
  JSON.stringify({ method, url, headers, rawHeaders, body: received.toString('utf8') });
