import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answerApi } from './api-endpoint.js';
import type { FakeCollector } from './fake-collector.js';
import { type Listening, listen, readBody, waitFor } from './http-server.js';
import { answerSocket } from './websocket-endpoint.js';

/** A request as the server saw it. */
export interface PageRequest {
  /** The origin that was asked: the page's, or the other one. */
  origin: string;
  method: string;
  /** Path and query. */
  url: string;
  headers: IncomingMessage['headers'];
  /** Names and values in turn, in the order and case of the wire. */
  rawHeaders: string[];
  body: string;
  /** The body is whole. */
  isRead: boolean;
  time: number;
  /** When the answer was complete or the client hung up. */
  closedAt: number | undefined;
  /** Bytes of the answer that the client's side has taken so far. */
  bytesSent(): number;
}

/**
 * Test pages, the built files, and an API that does what its query says (see `api-endpoint.ts` and
 * `websocket-endpoint.ts`), on two origins.
 */
export interface PageServer extends Listening {
  /** The same server under another origin (another port). */
  readonly otherOrigin: string;
  /** Serves `html` at `path`, on both origins. */
  page(path: string, html: string, headers?: Record<string, string>): void;
  /** Requests to `/api/…`, preflights included, in order; those whose URL holds `part`, if given. */
  requests(part?: string): PageRequest[];
  /** The first of them with its whole body. */
  waitForRequest(part: string, timeout?: number): Promise<PageRequest>;
  clear(): void;
}

export interface PageServerOptions {
  /** Served at `/v1/…` of both origins, for the agent's default endpoint. */
  collector?: FakeCollector;
  /** Folders by URL prefix. `/dist/` and `/pages/` (test/e2e/pages) are always there. */
  folders?: Record<string, string>;
}

type Content = { body: string | Buffer; headers: Record<string, string> };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Starts the page server; stop it with `stop()`. */
export const startPageServer = async (options: PageServerOptions = {}): Promise<PageServer> => {
  const folders = {
    '/dist/': join(ROOT, 'dist'),
    '/pages/': join(ROOT, 'test/e2e/pages'),
    ...options.folders,
  };
  const pages = new Map<string, Content>();
  let requests: PageRequest[] = [];

  /** A request to `path` with its whole body. What waits in vain goes on, and is seen to be otherwise. */
  const arrival = (path: string): Promise<unknown> =>
    waitFor(
      () =>
        requests.find(
          ({ url, method, isRead }) => isRead && method !== 'OPTIONS' && url.split('?')[0] === path,
        ),
      30_000,
      () => '',
    ).catch(() => {});

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://page.test');
    if (options.collector && pathname.startsWith('/v1/')) return options.collector.handle(request, response);
    if (pathname.startsWith('/api/')) {
      // Noted before the body has come: an endless upload is a request too.
      const noted = note(request, response);
      requests.push(noted);
      const body = readBody(request);
      void body.then((bytes) => {
        noted.body = bytes.toString('utf8');
        noted.isRead = true;
      });
      const until = searchParams.get('until');
      return answerApi(request, response, until ? arrival(until).then(() => body) : body);
    }
    send(response, pages.get(pathname) ?? readFrom(folders, pathname));
  };

  const serve = () => listen((request, response) => void handle(request, response), answerSocket);
  const [own, other] = await Promise.all([serve(), serve()]);
  const matching = (part: string) => requests.filter(({ url }) => url.includes(part));

  return {
    origin: own.origin,
    otherOrigin: other.origin,
    page: (path, html, headers = {}) => {
      pages.set(path, { body: html, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } });
    },
    requests: (part = '') => matching(part),
    waitForRequest: (part, timeout = 30_000) =>
      waitFor(
        () => matching(part).find(({ isRead }) => isRead),
        timeout,
        () => requests.map(({ method, url }) => `${method} ${url}`).join(', ') || 'no request',
      ),
    clear: () => {
      requests = [];
    },
    stop: async () => {
      await Promise.all([own.stop(), other.stop()]);
    },
  };
};

const note = (request: IncomingMessage, response: ServerResponse): PageRequest => {
  const { headers, rawHeaders, method = 'GET', url = '/', socket } = request;
  const before = socket.bytesWritten;
  const origin = `http://${headers.host}`;
  const noted: PageRequest = {
    ...{
      origin,
      method,
      url,
      headers,
      rawHeaders,
      body: '',
      isRead: false,
      time: Date.now(),
      closedAt: undefined,
    },
    bytesSent: () => socket.bytesWritten - before,
  };
  response.once('close', () => {
    noted.closedAt = Date.now();
  });
  return noted;
};

const readFrom = (folders: Record<string, string>, pathname: string): Content | undefined => {
  const prefix = Object.keys(folders).find((start) => pathname.startsWith(start));
  const folder = prefix && folders[prefix];
  if (!folder) return undefined;
  const path = normalize(join(folder, decodeURIComponent(pathname.slice(prefix.length))));
  if (!path.startsWith(normalize(folder)) || !extname(path) || !existsSync(path)) return undefined;
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  return { body: readFileSync(path), headers: { 'Content-Type': type } };
};

const send = (response: ServerResponse, content: Content | undefined): void => {
  if (content) response.writeHead(200, { 'Cache-Control': 'no-cache', ...content.headers }).end(content.body);
  else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
};
