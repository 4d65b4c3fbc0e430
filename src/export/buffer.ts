import type { SpanRecord, Stop } from '../types.js';
import { createQueue } from './queue.js';
import type { Transport } from './transport.js';

/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_BYTES = 12 * 1024;
/** The longest body: half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** The longest that a collector can ask us to wait; timers do not count far beyond. */
const LONGEST_WAIT_MS = 3_600_000;

/** A bounded queue of ended spans, and when it is sent. What does not fit is counted, never waited for. */
export interface Buffer {
  /** Throws when the span is none. */
  add(span: SpanRecord): void;
  /** Counts spans as lost. */
  drop(reason: string, count?: number): void;
  /** Sends what waits; `isLeaving`: in this very turn, and only what surely survives the page. */
  flush(isLeaving?: boolean): Promise<void>;
  counts(): { sent: number; waiting: number; dropped: Record<string, number> };
  /** No timer is left, and none is begun. */
  stop(): void;
}

/** Keeps spans until a flush: encoding them earlier costs more memory and the page's time. */
export const createBuffer = (
  { room, send }: Transport,
  encode: (spans: readonly SpanRecord[]) => string,
  flushInterval: number,
  /** A clock that never goes back, in milliseconds. */
  now: () => number,
  after: (ms: number, fn: () => void) => Stop,
): Buffer => {
  const { spans, bytes, put, remove } = createQueue();
  const dropped: Record<string, number> = {};
  let sent = 0;
  let inFlight = 0;
  let failures = 0;
  let retryAt = 0;
  let timerAt = Infinity;
  let stopTimer: Stop | undefined;

  const drop = (reason: string, count = 1): void => {
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  /** Sets the timer for what waits; an earlier one stays. */
  const plan = (): void => {
    const isFull = spans.length >= BATCH_SPANS || bytes() >= BATCH_BYTES;
    const at = Math.max(now() + (isFull ? 0 : flushInterval), retryAt);
    if (!spans.length || timerAt <= at) return;
    stopTimer?.();
    timerAt = at;
    stopTimer = after(at - now(), () => void flush());
  };

  /** Takes from the front what fits into one body; a span too long for any goes alone, unless the page goes too. */
  const take = (isLeaving?: boolean) => {
    const limit = isLeaving ? Math.min(BODY_BYTES, room()) : BODY_BYTES;
    for (let tries = spans.length; tries-- > 0; ) {
      for (let count = Math.min(spans.length, BATCH_SPANS); count; count >>= 1) {
        try {
          const body = encode(spans.slice(0, count));
          const size = new TextEncoder().encode(body).length;
          if (size <= limit || (count < 2 && !isLeaving)) return { batch: remove(count), body, size };
        } catch {
          // A processor put something in that JSON cannot hold.
          if (count < 2) drop('encoding', remove(1).length);
        }
      }
      // The first is too long: another may fit.
      remove(1).forEach(put);
    }
    return undefined;
  };

  /** False when there is nothing more to be sent now. */
  const sendOne = async (isLeaving?: boolean): Promise<boolean> => {
    const taken = take(isLeaving);
    if (!taken) return false;
    const { batch, body, size } = taken;
    const count = batch.length;
    inFlight += count;
    const { retryMs, rejected = 0 } = await send(body, size, isLeaving);
    inFlight -= count;
    if (retryMs !== undefined) {
      const backOff = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS) * (0.5 + Math.random());
      retryAt = now() + Math.min(Math.max(retryMs, backOff), LONGEST_WAIT_MS);
      // Back to the front; the youngest give way.
      for (const span of [...batch, ...remove(Infinity)]) if (!put(span)) drop('queue_full');
      return false;
    }
    failures = 0;
    const lost = Math.max(0, Math.min(rejected, count));
    drop('rejected', lost);
    sent += count - lost;
    return true;
  };

  const flush = async (isLeaving?: boolean): Promise<void> => {
    stopTimer?.();
    // Below zero once stopped: no timer is earlier.
    if (timerAt > 0) timerAt = Infinity;
    if (isLeaving) {
      // Each call reaches the network before it returns; the answers come to a page that stays after all.
      for (let left = Infinity; spans.length < left; void sendOne(true).then(plan)) left = spans.length;
    } else if (!inFlight && now() >= retryAt) {
      while (await sendOne());
    }
    plan();
  };

  return {
    add: (span) => {
      if (!put(span)) drop('queue_full');
      plan();
    },
    drop,
    flush,
    counts: () => ({ sent, waiting: spans.length + inFlight, dropped: { ...dropped } }),
    stop: () => {
      stopTimer?.();
      timerAt = -1;
    },
  };
};
