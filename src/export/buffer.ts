import { isPrerendering } from '../platform/lifecycle.js';
import type { SpanRecord, Stop } from '../types.js';
import { attempt } from '../util/guard.js';
import { type Encoded, encodeSpan, type Scoped } from './otlp.js';
import type { Transport } from './transport.js';

const MAX_SPANS = 1000;
const MAX_SIZE = 512 * 1024;
/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_SIZE = 12 * 1024;
/** The longest body: half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
/** What the wrapping of a scope may add to a span. */
const SCOPE_BYTES = 200;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** The longest that a collector can ask us to wait; timers do not count far beyond. */
const LONGEST_WAIT_MS = 3_600_000;

/** A bounded queue of ended spans, and when it is sent. What does not fit is counted, never waited for. */
export interface Buffer<T = SpanRecord> {
  add(span: T): void;
  /** Counts spans as lost. */
  drop(reason: string, count?: number): void;
  /** Sends what waits; `isLeaving`: in this very turn, and only what surely survives the page. */
  flush(isLeaving?: boolean): Promise<void>;
  counts(): { sent: number; waiting: number; dropped: Record<string, number> };
  /** Sends what waits, once more; no timer is left, and none is begun. */
  stop(): void;
}

/** A span that waits, and roughly how much of the queue it takes. */
interface Waiting<T> {
  span: T;
  size: number;
}

/**
 * Keeps spans, or log records, until a flush: keeping them encoded costs more memory. `now` is a clock that never goes
 * back, in ms.
 */
export const createBuffer = <T extends Scoped = SpanRecord>(
  { room, consent, send }: Transport,
  wrap: (spans: readonly Encoded<T>[]) => string,
  flushInterval: number,
  now: () => number,
  after: (ms: number, fn: () => void) => Stop,
  encode = encodeSpan as unknown as (record: T) => string,
): Buffer<T> => {
  const queue = new Set<Waiting<T>>();
  const dropped: Record<string, number> = {};
  let queued = 0;
  let sent = 0;
  let inFlight = 0;
  let failures = 0;
  let retryAt = 0;
  let isStopped = false;
  let stopTimer: Stop | undefined;
  let timerAt = Infinity;

  const drop = (reason: string, count = 1): void => {
    if (count) dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  const put = (...items: Waiting<T>[]): void => {
    // Those that are in the queue already are put in order again, if they may stay.
    for (const item of items) if (queue.delete(item)) queued -= item.size;
    for (const item of items) {
      const hasRoom = () => queue.size < MAX_SPANS && queued + item.size < MAX_SIZE;
      // Consent may be long in coming: the latest is worth more then.
      for (const first of consent() === 'pending' ? queue : []) {
        if (hasRoom()) break;
        queue.delete(first);
        queued -= first.size;
        drop('queue_full');
      }
      if (consent() !== 'denied' && hasRoom()) {
        queue.add(item);
        queued += item.size;
      } else drop(consent() === 'denied' ? 'consent' : 'queue_full');
    }
  };

  const plan = (): void => {
    // Sets the timer for what waits; an earlier one stays.
    const isFull = queue.size >= BATCH_SPANS || queued >= BATCH_SIZE;
    const at = Math.max(now() + (isFull ? 0 : flushInterval), retryAt);
    // What is under way plans when it is done.
    if (isStopped || inFlight || !queue.size || timerAt <= at) return;
    stopTimer?.();
    timerAt = at;
    stopTimer = after(at - now(), () => void flush());
  };

  const take = (isLeaving?: boolean): (Waiting<T> & Encoded<T>)[] => {
    // From the front what fits into one body; a span too long for any goes alone, unless the page goes too.
    const limit = isLeaving ? Math.min(BODY_BYTES, room()) : BODY_BYTES;
    const batch: (Waiting<T> & Encoded<T>)[] = [];
    let bytes = byteLength(wrap(batch)) + SCOPE_BYTES;
    for (const item of queue) {
      if (bytes > limit || batch.length === BATCH_SPANS) break;
      // Empty when a processor has made something of the span that is none.
      const json = attempt(() => encode(item.span), '');
      const next = bytes + byteLength(json) + SCOPE_BYTES;
      if (json && next - SCOPE_BYTES > limit && (isLeaving || batch.length)) {
        if (isLeaving) continue;
        // The next one must not overtake.
        break;
      }
      queue.delete(item);
      queued -= item.size;
      if (json) {
        batch.push({ ...item, json });
        bytes = next;
      } else drop('encoding');
    }
    return batch;
  };

  const deliver = async (batch: (Waiting<T> & Encoded<T>)[], isLeaving?: boolean): Promise<void> => {
    const { length } = batch;
    const body = wrap(batch);
    inFlight += length;
    const { retryMs, rejected = 0 } = await send(body, byteLength(body), isLeaving);
    inFlight -= length;
    if (retryMs === undefined) {
      const lost = Math.max(0, Math.min(rejected, length));
      drop('rejected', lost);
      sent += length - lost;
      failures = 0;
      return;
    }
    // Longer after each failure, exponentially and with jitter (OTLP/HTTP), or as long as the collector asks.
    const wait = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS) * (0.5 + Math.random());
    retryAt = now() + Math.min(Math.max(retryMs, wait), LONGEST_WAIT_MS);
    // Back to the front; the youngest give way.
    put(...batch, ...queue);
  };

  const sendAll = async (isLeaving?: boolean): Promise<void> => {
    // A page that has broken what we build on hears nothing of it, see `flush`.
    stopTimer?.();
    timerAt = Infinity;
    // What waits is lost as it is denied.
    if (consent() === 'denied') put(...queue);
    // A page that nobody has seen tells nothing.
    if (isPrerendering() || consent() !== 'granted') return;
    const deliveries: Promise<void>[] = [];
    while (isLeaving || (!inFlight && now() >= retryAt)) {
      const batch = take(isLeaving);
      if (!batch.length) break;
      const delivery = deliver(batch, isLeaving);
      deliveries.push(delivery);
      // Who leaves reaches the network in this turn; the answers come to a page that stays after all.
      if (!isLeaving) await delivery;
    }
    await Promise.all(deliveries);
    plan();
  };

  const flush = (isLeaving?: boolean): Promise<void> => sendAll(isLeaving).catch(() => {});
  return {
    add: (span) => {
      const size = !isStopped && attempt(() => JSON.stringify(span).length);
      if (size) put({ span, size });
      else drop(isStopped ? 'stopped' : 'encoding');
      plan();
    },
    drop,
    flush,
    counts: () => ({ sent, waiting: queue.size + inFlight, dropped: { ...dropped } }),
    stop: () => {
      isStopped = true;
      void flush(true);
    },
  };
};

const byteLength = (text: string): number => new TextEncoder().encode(text).length;
