import type { Native } from '../platform/native.js';
import type { Clock, Config, Consent, EpochMs, Guard, Page, Stop } from '../types.js';
import { parseDate } from '../util/clock.js';
import { attempt } from '../util/guard.js';
import { own } from '../util/own.js';
import { createPacker } from './gzip.js';

/** What became of a body: to be sent again, not before `retryMs`; or accepted, but for the `rejected` spans, or none of them. */
export interface SendResult {
  retryMs?: number;
  rejected?: number;
}

/** One body, one request. */
export interface Transport {
  /** Nothing is sent unless it is granted. */
  consent(): Consent;
  /** Bytes that can be sent so that they arrive even if the page goes away now. */
  room(): number;
  /** The page goes: what is not quite ready goes as it is. */
  hurry(): void;
  /** The page is back: answers that it was not there to hear may never come. */
  back(): void;
  /** Sends synchronously up to the network; `isLeaving` insists on a request that survives the page; `to` another URL. */
  send(body: string, bytes: number, isLeaving?: boolean, to?: string): Promise<SendResult>;
}

/** Our share of the 64 KiB that all keepalive requests of a page have together (Fetch, "inflight keepalive bytes"). */
const KEEPALIVE_BYTES = 32 * 1024;
/** The exporter's time limit of the OpenTelemetry specification, in milliseconds. */
const TIMEOUT_MS = 10_000;
const TYPE = 'application/json';
/** How long answers are waited for that came while the page was away. Firefox never tells of them. */
const LATE_MS = 1000;

/** What of the agent it needs. */
export interface TransportParts {
  readonly config: Config;
  readonly collector: URL;
  readonly native: Native;
  readonly clock: Clock;
  readonly guard: Guard;
  readonly page: Page;
  consent(): Consent;
}

/** Sends by the browser's own `fetch`, without cookies; by `sendBeacon` where `keepalive` is unknown. */
export const createTransport = ({
  config,
  collector,
  native: { fetch, after },
  clock,
  guard,
  page,
  consent,
}: TransportParts): Transport => {
  const { pays, pack, hurry, learn } = createPacker(config, collector);
  const { wait, back } = createPatience(after);
  let inFlight = 0;
  const room = () => KEEPALIVE_BYTES - inFlight;

  const hold = (bytes: number): Stop => {
    inFlight += bytes;
    return () => {
      inFlight -= bytes;
    };
  };

  const post = async (
    body: string,
    bytes: number,
    to: string,
    isPlain: boolean | undefined,
  ): Promise<SendResult> => {
    // Keepalive whenever it fits: a navigation cancels an ordinary request, and its spans would be lost.
    const keepalive = bytes <= room();
    const release = hold(keepalive ? bytes : 0);
    const packed = isPlain || !pays(bytes) ? undefined : await pack(body);
    const turn = page.turns;
    const { signal, gone, stop } = wait();
    try {
      const request = createRequest(config, packed ?? body, { keepalive, signal }, packed && 'gzip');
      const response = await Promise.race([fetch(to, request), gone]);
      // Read to the end: the browser gives the quota back only then. One that is cut has its status all the same.
      const text = await Promise.race([response.text(), gone]).catch(() => '');
      if (packed && !learn(response.status)) return post(body, bytes, to, true);
      return readResult(response, text, clock.now());
    } catch {
      // As a page goes away Chromium fails the promise of a keepalive request that arrives all the same; that may be
      // known before our own listener hears of the leaving. A page that is gone runs no timer.
      await new Promise<void>((resolve) => after(0, resolve));
      if (keepalive && (turn % 2 || page.turns !== turn)) return {};
      if (packed) learn(undefined);
      // Offline, refused, blocked by a policy or an extension, cut, or too slow: all the same to us.
      return { retryMs: 0 };
    } finally {
      stop();
      release();
    }
  };

  return {
    room,
    hurry,
    back,
    consent,
    send: async (body, bytes, isLeaving, to = collector.href) => {
      if (!isLeaving || 'keepalive' in Request.prototype) return post(body, bytes, to, isLeaving);
      // Absent, or switched off, it throws.
      if (!guard(() => navigator.sendBeacon(to, new Blob([body], { type: TYPE })))()) return { retryMs: 0 };
      // Nobody tells when it has arrived.
      after(TIMEOUT_MS, hold(bytes));
      return {};
    },
  };
};

/** A body for the collector, as `fetch` takes it. */
export const createRequest = (
  { headers }: Config,
  body: BodyInit,
  options: RequestInit,
  encoding?: string,
): RequestInit =>
  own({
    ...options,
    method: 'POST',
    headers: { 'content-type': TYPE, ...(encoding && { 'content-encoding': encoding }), ...headers },
    body,
    // A collector that allows any origin refuses credentials.
    credentials: 'omit',
  });

/** Ends the wait for an answer, of which an abort alone is not always told. */
const createPatience = (after: Native['after']) => {
  const open = new Set<Stop>();
  return {
    wait: () => {
      const abort = new AbortController();
      let giveUp = () => {};
      const gone = new Promise<never>((_, reject) => {
        giveUp = () => {
          abort.abort();
          reject();
        };
      });
      open.add(giveUp);
      const stopTimer = after(TIMEOUT_MS, giveUp);
      const stop = () => {
        stopTimer();
        // The page may have replaced it.
        attempt(() => open.delete(giveUp));
      };
      return { signal: abort.signal, gone, stop };
    },
    back: () => {
      const late = [...open];
      after(LATE_MS, () => {
        for (const giveUp of late) giveUp();
      });
    },
  };
};

const readResult = (
  { ok, status, headers, redirected }: Response,
  text: string,
  now: EpochMs,
): SendResult => {
  if (/429|50[234]/.test(`${status}`)) {
    // Seconds or a date; readable across origins only where the collector exposes the header.
    const wait = headers.get('retry-after') ?? '';
    return { retryMs: Number(wait) * 1000 || Math.max(0, parseDate(wait) - now) || 0 };
  }
  // A sign-in page that a redirect has led to: the POST became a GET, and the body went nowhere.
  if (!ok || (redirected && !/json/.test(headers.get('content-type') ?? ''))) return { rejected: Infinity };
  // A decimal string by the standard; some servers send a number. Or nothing was rejected, or it is a proxy's page: the
  // status has decided.
  return { rejected: Number(/"rejected\w+"\s*:\s*"?(\d+)/.exec(text)?.[1]) || 0 };
};
