import { createTransport, type Transport } from '../../../src/export/transport.js';
import { createGuard } from '../../../src/util/guard.js';
import { createTime, type Time } from './time.js';

export const COLLECTOR = 'https://otel.example/v1/traces';

export interface FakeFetch {
  /** The requests so far. */
  readonly calls: { url: string; init: RequestInit }[];
  /** What to answer next; without an answer, the collector's usual one. */
  readonly answers: (() => Response | Promise<Response>)[];
}

/** A transport whose network the test plays. */
export const makeTransport = (
  headers?: Record<string, string>,
  time: Time = createTime(),
): FakeFetch & { transport: Transport; time: Time } => {
  const calls: FakeFetch['calls'] = [];
  const answers: FakeFetch['answers'] = [];
  const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    calls.push({ url: String(url), init });
    return answers.shift()?.() ?? new Response('{"partialSuccess":{}}');
  };
  const transport = createTransport(COLLECTOR, headers, { fetch, after: time.after }, createGuard());
  return { transport, time, calls, answers };
};
