import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { corsHeaders, type Listening, listen, readBody, waitFor } from './http-server.js';
import { type CollectedLog, type CollectedSpan, readLogs, readSpans } from './otlp-reader.js';

/**
 * How a request is answered. `partial` accepts all spans but one; `garbage` is a 200 that is no JSON; `hang` never
 * answers; `reset` cuts the connection; `no-cors` is a 200 without CORS headers.
 */
export type Answer =
  | 'ok'
  | 'partial'
  | 'bad-request'
  | 'too-many'
  | 'unavailable'
  | 'garbage'
  | 'hang'
  | 'reset'
  | 'no-cors';

/** A POST that came in. */
export interface CollectorRequest {
  path: string;
  headers: IncomingMessage['headers'];
  /** The body as text, after gunzip. */
  body: string;
  /** Length of the body on the wire. */
  bytes: number;
  spans: CollectedSpan[];
  logs: CollectedLog[];
  answer: Answer;
  time: number;
}

/** A collector on the loopback interface that remembers all it gets and answers as told. */
export interface FakeCollector extends Listening {
  /** One answer from now on, or a list: one for each request, the last one stays. */
  answer(next: Answer | Answer[]): void;
  /** Seconds in the `Retry-After` of `too-many` and `unavailable`. Default 1. */
  retryAfter(seconds: number): void;
  /** All POSTs, those refused too. */
  requests(): CollectorRequest[];
  /** Number of CORS preflights. */
  preflights(): number;
  /** Spans of requests that were answered with 200. */
  spans(): CollectedSpan[];
  /** Log records of requests that were answered with 200. */
  logs(): CollectedLog[];
  /** The first accepted span that matches, now or within `timeout` milliseconds (default 10,000). */
  waitForSpan(predicate: (span: CollectedSpan) => boolean, timeout?: number): Promise<CollectedSpan>;
  waitForRequest(
    predicate?: (request: CollectorRequest) => boolean,
    timeout?: number,
  ): Promise<CollectorRequest>;
  /** Forgets requests and spans; the answer stays. */
  clear(): void;
  /** For a server that has the collector on its own origin. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const ACCEPTED: readonly Answer[] = ['ok', 'partial', 'garbage', 'no-cors'];

/** Starts a collector; stop it with `stop()`. */
export const startFakeCollector = async (): Promise<FakeCollector> => {
  let answers: Answer[] = ['ok'];
  let retrySeconds = 1;
  let requests: CollectorRequest[] = [];
  let preflights = 0;

  const nextAnswer = (): Answer => (answers.length > 1 ? answers.shift() : answers[0]) ?? 'ok';

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') {
      preflights += 1;
      response.writeHead(204, answers[0] === 'no-cors' ? {} : corsHeaders(request)).end();
      return;
    }
    const body = await readBody(request);
    // Cut on its way, as when a tab is closed: no collector takes half a body.
    if (!request.complete) return;
    const recorded = record(request, body, nextAnswer());
    requests.push(recorded);
    reply(recorded, request, response, retrySeconds);
  };

  const spans = () => requests.filter(({ answer }) => ACCEPTED.includes(answer)).flatMap((one) => one.spans);
  const logs = () => requests.filter(({ answer }) => ACCEPTED.includes(answer)).flatMap((one) => one.logs);
  const server = await listen((request, response) => void handle(request, response));

  return {
    ...server,
    handle,
    answer: (next) => {
      answers = [next].flat();
    },
    retryAfter: (seconds) => {
      retrySeconds = seconds;
    },
    requests: () => [...requests],
    preflights: () => preflights,
    spans,
    logs,
    waitForSpan: (predicate, timeout = 10_000) =>
      waitFor(
        () => spans().find(predicate),
        timeout,
        () => list(spans()),
      ),
    waitForRequest: (predicate = () => true, timeout = 10_000) =>
      waitFor(
        () => requests.find(predicate),
        timeout,
        () => `${requests.length} requests`,
      ),
    clear: () => {
      requests = [];
      preflights = 0;
    },
  };
};

const record = (request: IncomingMessage, raw: Buffer, answer: Answer): CollectorRequest => {
  const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8');
  const { headers, url = '/' } = request;
  const facts = { path: url, headers, body, bytes: raw.length, answer, time: Date.now() };
  return { ...facts, spans: readSpans(body), logs: readLogs(body) };
};

const reply = (
  { answer, spans }: CollectorRequest,
  request: IncomingMessage,
  response: ServerResponse,
  retrySeconds: number,
): void => {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    request.socket.destroy();
    return;
  }
  const { status, body } = contentOf(answer, spans.length);
  const headers = {
    'Content-Type': 'application/json',
    ...(answer === 'no-cors' ? {} : corsHeaders(request)),
    ...(status === 429 || status === 503 ? { 'Retry-After': String(retrySeconds) } : {}),
  };
  response.writeHead(status, headers).end(body);
};

const contentOf = (answer: Answer, spanCount: number): { status: number; body: string } => {
  const rejected = { rejectedSpans: String(Math.min(1, spanCount)), errorMessage: 'one span was refused' };
  switch (answer) {
    case 'partial':
      return { status: 200, body: JSON.stringify({ partialSuccess: rejected }) };
    case 'bad-request':
      return { status: 400, body: JSON.stringify({ code: 3, message: 'bad request' }) };
    case 'too-many':
      return { status: 429, body: JSON.stringify({ code: 8, message: 'too many requests' }) };
    case 'unavailable':
      return { status: 503, body: JSON.stringify({ code: 14, message: 'unavailable' }) };
    case 'garbage':
      return { status: 200, body: '<html>not what you wanted</html>' };
    default:
      // What the OpenTelemetry Collector sends for a full success.
      return { status: 200, body: '{"partialSuccess":{}}' };
  }
};

const list = (spans: CollectedSpan[]): string =>
  spans.length ? spans.map(({ name }) => name).join(', ') : 'no span';
