import type { Native } from '../platform/native.js';

/** What became of a body. `rejected` spans are the collector's refusal; they are never sent again. */
export type SendResult =
  | { outcome: 'sent'; rejected: number }
  | { outcome: 'rejected' }
  | { outcome: 'retry'; afterMs: number };

/** One body, one request. */
export interface Transport {
  /** Bytes that can be sent so that they arrive even if the page goes away now. */
  room(): number;
  /** Sends synchronously up to the network; `isLeaving` insists on a request that survives the page. */
  send(body: string, bytes: number, isLeaving: boolean): Promise<SendResult>;
}

/** Our share of the 64 KiB that all keepalive requests of a page have together (Fetch, "inflight keepalive bytes"). */
const KEEPALIVE_BYTES = 32 * 1024;
/** The exporter's time limit of the OpenTelemetry specification, in milliseconds. */
const TIMEOUT_MS = 10_000;
const RETRYABLE = [429, 502, 503, 504];
const JSON_TYPE = 'application/json';

/** Sends to `url` by the browser's own `fetch`, without cookies; by `sendBeacon` where `keepalive` is unknown. */
export const createTransport = (
  url: string,
  headers: Record<string, string>,
  { fetch, sendBeacon, after }: Native,
): Transport => {
  const hasKeepalive = 'keepalive' in Request.prototype;
  let inFlight = 0;
  const room = () => KEEPALIVE_BYTES - inFlight;

  const post = async (body: string, bytes: number): Promise<SendResult> => {
    // Keepalive whenever it fits: a navigation cancels an ordinary request, and its spans would be lost.
    const keepalive = bytes <= room();
    const held = keepalive ? bytes : 0;
    const abort = new AbortController();
    const stopTimer = after(TIMEOUT_MS, () => abort.abort());
    inFlight += held;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': JSON_TYPE, ...headers },
        body,
        keepalive,
        // A collector that allows any origin refuses credentials.
        credentials: 'omit',
        signal: abort.signal,
      });
      // Read to the end: the browser gives the quota back only then.
      return readResult(response, await response.text());
    } catch {
      // Offline, refused, blocked by a policy or an extension, cut, or too slow: all the same to us.
      return { outcome: 'retry', afterMs: 0 };
    } finally {
      stopTimer();
      inFlight -= held;
    }
  };

  return {
    room,
    send: (body, bytes, isLeaving) => {
      if (!isLeaving || hasKeepalive) return post(body, bytes);
      const isQueued = sendBeacon(url, new Blob([body], { type: JSON_TYPE }));
      return Promise.resolve(isQueued ? { outcome: 'sent', rejected: 0 } : { outcome: 'retry', afterMs: 0 });
    },
  };
};

const readResult = (response: Response, text: string): SendResult => {
  if (response.ok) return { outcome: 'sent', rejected: countRejected(text) };
  if (!RETRYABLE.includes(response.status)) return { outcome: 'rejected' };
  // Seconds; readable across origins only where the collector exposes the header.
  const seconds = Number(response.headers.get('retry-after'));
  return { outcome: 'retry', afterMs: seconds > 0 ? seconds * 1000 : 0 };
};

const countRejected = (text: string): number => {
  try {
    // A decimal string by the standard; some servers send a number.
    return Math.max(0, Number(JSON.parse(text).partialSuccess?.rejectedSpans) || 0);
  } catch {
    // Not JSON, such as a proxy's page: the status has decided.
    return 0;
  }
};
