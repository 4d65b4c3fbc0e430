import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Answer, type AnswerDetails, answerTo, detailsOf, reply, takenBy } from './collector-answer.js';
import { corsHeaders, type Listening, listen, readBody, waitFor } from './http-server.js';
import { type CollectedLog, type CollectedSpan, readLogs, readSpans } from './otlp-reader.js';

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
  answer: AnswerDetails;
  /** How many of the spans, and log records, were accepted. */
  taken: number;
  /** Whether the client was told so. */
  isTold: boolean;
  time: number;
}

/** A collector on the loopback interface that remembers all it gets and answers as told. */
export interface FakeCollector extends Listening {
  /** One answer from now on, or a list: one for each request, the last one stays. */
  answer(next: Answer | Answer[]): void;
  /** Seconds in the `Retry-After` of 429 and 503. Default 1. */
  retryAfter(seconds: number): void;
  /** Answers all requests that wait for it. */
  release(): void;
  /** All POSTs, those refused too. */
  requests(): CollectorRequest[];
  /** Number of CORS preflights. */
  preflights(): number;
  /** Spans of requests that were accepted. */
  spans(): CollectedSpan[];
  /** Log records of requests that were accepted. */
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

/** Starts a collector; stop it with `stop()`. */
export const startFakeCollector = async (): Promise<FakeCollector> => {
  let answers: Answer[] = ['ok'];
  let retrySeconds = 1;
  let requests: CollectorRequest[] = [];
  let preflights = 0;
  let held: (() => void)[] = [];

  const nextAnswer = (): Answer => (answers.length > 1 ? answers.shift() : answers[0]) ?? 'ok';

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') {
      preflights += 1;
      const isRefused = detailsOf(answers[0] ?? 'ok').preflight === false;
      response.writeHead(isRefused ? 403 : 204, isRefused ? {} : corsHeaders(request)).end();
      return;
    }
    const answer = answerTo(nextAnswer(), request);
    if (answer.cut === 'request') {
      request.socket.destroy();
      return;
    }
    const body = await readBody(request);
    // Cut on its way, as when a tab is closed: no collector takes half a body.
    if (!request.complete) return;
    const recorded = record(request, body, answer);
    requests.push(recorded);
    const finish = (): void => {
      recorded.isTold = reply(answer, request, response, retrySeconds);
    };
    if (answer.when === 'released') held.push(finish);
    else if (!answer.when) finish();
  };

  const accepted = () => requests.filter(({ taken }) => taken);
  const spans = () => accepted().flatMap((one) => one.spans);
  const logs = () => accepted().flatMap((one) => one.logs);
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
    release: () => {
      for (const finish of held) finish();
      held = [];
    },
    requests: () => [...requests],
    preflights: () => preflights,
    spans,
    logs,
    waitForSpan: (predicate, timeout = 30_000) =>
      waitFor(
        () => spans().find(predicate),
        timeout,
        () => list(spans()),
      ),
    waitForRequest: (predicate = () => true, timeout = 30_000) =>
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

const record = (request: IncomingMessage, raw: Buffer, answer: AnswerDetails): CollectorRequest => {
  const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8');
  const { headers, url = '/' } = request;
  const facts = { path: url, headers, body, bytes: raw.length, answer, time: Date.now() };
  const [spans, logs] = [readSpans(body), readLogs(body)];
  return { ...facts, spans, logs, taken: takenBy(answer, spans.length + logs.length), isTold: false };
};

const list = (spans: CollectedSpan[]): string =>
  spans.length ? spans.map(({ name }) => name).join(', ') : 'no span';
