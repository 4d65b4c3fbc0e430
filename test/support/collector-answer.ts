import type { IncomingMessage, ServerResponse } from 'node:http';
import { corsHeaders } from './http-server.js';

/** An answer in its details; all may be left out, which is what the OpenTelemetry Collector says when it took all. */
export interface AnswerDetails {
  /** Default 200. With 2xx the spans are taken, with any other they are not. */
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** How many spans of each request are refused by a partial success. */
  rejects?: number;
  /** `never` leaves the client waiting; `released` waits for `release()`. */
  when?: 'never' | 'released';
  /** Cuts the connection: before the body has been read, before the answer, or amid it. */
  cut?: 'request' | 'unanswered' | 'answer';
  /** False: the answer has no CORS headers. */
  cors?: false;
  /** False: preflights are refused. */
  preflight?: false;
  /** The status for bodies that come compressed. */
  gzip?: number;
}

/**
 * How a request is answered. `partial` accepts all spans but one; `garbage` is a 200 that is no JSON; `hang` never
 * answers; `reset` cuts the connection; `no-cors` is a 200 without CORS headers.
 */
export type AnswerName =
  | 'ok'
  | 'partial'
  | 'bad-request'
  | 'too-many'
  | 'unavailable'
  | 'garbage'
  | 'hang'
  | 'reset'
  | 'no-cors';

export type Answer = AnswerName | AnswerDetails;

const ANSWERS: Record<AnswerName, AnswerDetails> = {
  ok: {},
  partial: { rejects: 1 },
  'bad-request': { status: 400, body: '{"code":3,"message":"bad request"}' },
  'too-many': { status: 429, body: '{"code":8,"message":"too many requests"}' },
  unavailable: { status: 503, body: '{"code":14,"message":"unavailable"}' },
  garbage: { body: '<html>not what you wanted</html>' },
  hang: { when: 'never' },
  reset: { cut: 'unanswered' },
  'no-cors': { cors: false, preflight: false },
};

export const detailsOf = (answer: Answer): AnswerDetails =>
  typeof answer === 'string' ? ANSWERS[answer] : answer;

/** The answer to a body as it came: a compressed one may be unwelcome. */
export const answerTo = (answer: Answer, { headers }: IncomingMessage): AnswerDetails => {
  const details = detailsOf(answer);
  const isRefused = details.gzip && headers['content-encoding'] === 'gzip';
  return isRefused ? { status: details.gzip ?? 415, body: 'no gzip' } : details;
};

/** How many spans are taken by this answer, whether or not the client hears of it. */
export const takenBy = ({ status = 200, rejects = 0, when, cut }: AnswerDetails, spans: number): number => {
  const isTaken = status >= 200 && status < 300 && when !== 'never' && cut !== 'unanswered';
  return isTaken ? Math.max(0, spans - rejects) : 0;
};

/** Writes the answer; false when the client does not get it. One that leaves as it sends does not want it. */
export const reply = (
  { status = 200, headers, body, rejects, when, cut, cors }: AnswerDetails,
  request: IncomingMessage,
  response: ServerResponse,
  retrySeconds: number,
): boolean => {
  if (response.destroyed || request.socket.destroyed) return !when;
  if (cut === 'unanswered') {
    request.socket.destroy();
    return false;
  }
  const text = body ?? (rejects ? partialSuccess(rejects) : '{"partialSuccess":{}}');
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(cors === false ? {} : corsHeaders(request)),
    ...(status === 429 || status === 503 ? { 'Retry-After': String(retrySeconds) } : {}),
    ...headers,
  });
  if (cut === 'answer') {
    // The part has to be on its way before the connection breaks.
    response.write(text.slice(0, -1), () => request.socket.destroy());
    return false;
  }
  response.end([204, 205, 304].includes(status) ? undefined : text);
  // One that has waited for long may be gone by now, and nobody has noticed yet.
  return cors !== false && !when;
};

const partialSuccess = (count: number): string =>
  JSON.stringify({
    partialSuccess: { rejectedSpans: String(count), errorMessage: `${count} spans were refused` },
  });
