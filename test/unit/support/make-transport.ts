import { createTransport, type Transport } from '../../../src/export/transport.js';
import type { Config } from '../../../src/types.js';
import { createGuard } from '../../../src/util/guard.js';
import { ownedBy, withGlobals } from './globals.js';
import { createTime, type Time } from './time.js';

export const COLLECTOR = 'https://otel.example/v1/traces';

export interface FakeFetch {
  /** The requests so far. */
  readonly calls: { url: string; init: RequestInit }[];
  /** What to answer next; without an answer, the collector's usual one. */
  readonly answers: (() => Response | Promise<Response>)[];
  /** The page goes away. */
  leave(): void;
}

/** A transport whose network the test plays. */
export const makeTransport = (
  config: Config = {},
  time: Time = createTime(),
): FakeFetch & { transport: Transport; time: Time } => {
  // The page of another origin.
  withGlobals({ self: ownedBy('https://shop.example') });
  const page = { endings: new Set<never>(), drafts: new Set<never>(), turns: 0 };
  const calls: FakeFetch['calls'] = [];
  const answers: FakeFetch['answers'] = [];
  const fetch = async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    calls.push({ url: String(url), init });
    return answers.shift()?.() ?? new Response('{"partialSuccess":{}}');
  };
  const transport = createTransport({
    config,
    collector: new URL(COLLECTOR),
    // What comes after all that is under way now waits for no clock.
    native: { fetch, after: (ms, fn) => (ms ? time.after(ms, fn) : cancelImmediate(setImmediate(fn))) },
    clock: time,
    guard: createGuard(),
    page,
    consent: () => 'granted',
  });
  const leave = () => {
    page.turns++;
  };
  return { transport, time, calls, answers, leave };
};

export const KIB = 1024;

/** A browser whose `fetch` knows `keepalive`, or one that does not; `sendBeacon` as it is there. */
export const inBrowser = ({
  knowsKeepalive = true,
  sendBeacon,
}: {
  knowsKeepalive?: boolean;
  sendBeacon?: unknown;
} = {}) =>
  withGlobals({
    Request: { prototype: knowsKeepalive ? { keepalive: false } : {} },
    navigator: sendBeacon === undefined ? {} : { sendBeacon },
  });

const cancelImmediate = (timer: NodeJS.Immediate) => () => clearImmediate(timer);
