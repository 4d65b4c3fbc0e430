import type { SpanRecord, Stop } from '../types.js';
import { type Encoded, encodeSpan } from './otlp.js';
import { createQueue } from './queue.js';
import type { Transport } from './transport.js';

/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_BYTES = 12 * 1024;
/** The longest body: half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
/** What the wrapping of a scope may add to a span. */
const SCOPE_BYTES = 200;
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
  wrap: (spans: readonly Encoded[]) => string,
  flushInterval: number,
  /** A clock that never goes back, in milliseconds. */
  now: () => number,
  after: (ms: number, fn: () => void) => Stop,
): Buffer => {
  const emptyBytes = byteLength(wrap([]));
  const queue = createQueue();
  const backOff = createBackOff(now);
  const dropped: Record<string, number> = {};
  let sent = 0;
  let inFlight = 0;
  let timer: { at: number; stop?: Stop } = { at: Infinity };

  const drop = (reason: string, count = 1): void => {
    if (count > 0) dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  /** Sets the timer for what waits; an earlier one stays. */
  const plan = (): void => {
    const isFull = queue.count() >= BATCH_SPANS || queue.bytes() >= BATCH_BYTES;
    const at = Math.max(now() + (isFull ? 0 : flushInterval), backOff.until());
    if (!queue.count() || timer.at <= at) return;
    timer.stop?.();
    timer = { at, stop: after(at - now(), () => void flush()) };
  };

  /** Takes from the front what fits into one body; a span too long for any goes alone, unless the page goes too. */
  const take = (isLeaving?: boolean): Encoded[] => {
    const limit = isLeaving ? Math.min(BODY_BYTES, room()) : BODY_BYTES;
    const batch: Encoded[] = [];
    let size = emptyBytes;
    queue.take((span) => {
      // Nothing would fit any more; or, while the page stays, the next one must not overtake.
      if (size + SCOPE_BYTES > limit || batch.length === BATCH_SPANS) return false;
      const json = encode(span);
      const isLost = !json;
      const bytes = byteLength(json) + SCOPE_BYTES;
      const fits = size + bytes <= limit || !(isLeaving || batch.length);
      if (isLost) drop('encoding');
      else if (fits) batch.push({ span, json });
      if (!isLost && (fits || !isLeaving)) size += bytes;
      return fits || isLost;
    });
    return batch;
  };

  /** False when there is nothing more to be sent now. */
  const sendOne = async (isLeaving?: boolean): Promise<boolean> => {
    const batch = take(isLeaving);
    const count = batch.length;
    if (!count) return false;
    const body = wrap(batch);
    inFlight += count;
    const { retryMs, rejected = 0 } = await send(body, byteLength(body), isLeaving);
    inFlight -= count;
    if (retryMs !== undefined) {
      backOff.fail(retryMs);
      // Back to the front; the youngest give way.
      for (const span of [...batch.map((item) => item.span), ...queue.take(() => true)]) {
        if (!queue.put(span)) drop('queue_full');
      }
      return false;
    }
    backOff.succeed();
    const lost = Math.max(0, Math.min(rejected, count));
    drop('rejected', lost);
    sent += count - lost;
    return true;
  };

  const sendAll = async (isLeaving?: boolean): Promise<void> => {
    timer.stop?.();
    // Below zero once stopped: no timer is earlier.
    if (timer.at > 0) timer = { at: Infinity };
    if (isLeaving) {
      // Each call reaches the network before it returns; the answers come to a page that stays after all.
      let left = Infinity;
      const sends: Promise<unknown>[] = [];
      while (queue.count() < left) {
        left = queue.count();
        sends.push(sendOne(true));
      }
      await Promise.all(sends);
    } else if (!inFlight && now() >= backOff.until()) {
      while (await sendOne());
    }
    plan();
  };

  // A page that has broken what we build on hears nothing of it.
  const flush = (isLeaving?: boolean): Promise<void> => sendAll(isLeaving).catch(() => {});

  return {
    add: (span) => {
      if (!queue.put(span)) drop('queue_full');
      plan();
    },
    drop,
    flush,
    counts: () => ({ sent, waiting: queue.count() + inFlight, dropped: { ...dropped } }),
    stop: () => {
      timer.stop?.();
      timer = { at: -1 };
    },
  };
};

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** Empty when a processor has made something of the span that is none. */
const encode = (span: SpanRecord): string => {
  try {
    return encodeSpan(span);
  } catch {
    // Counted by the caller.
    return '';
  }
};

/** Waits longer after each failure, exponentially and with jitter (OTLP/HTTP), or as long as the collector asks. */
const createBackOff = (now: () => number) => {
  let failures = 0;
  let until = 0;
  return {
    until: () => until,
    succeed: () => {
      failures = 0;
    },
    fail: (askedMs: number) => {
      const wait = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS) * (0.5 + Math.random());
      until = now() + Math.min(Math.max(askedMs, wait), LONGEST_WAIT_MS);
    },
  };
};
