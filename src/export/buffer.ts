import type { EpochMs, SpanRecord, Stop } from '../types.js';
import { type Encoded, encodeSpan } from './otlp.js';
import type { Transport } from './transport.js';

const MAX_SPANS = 1000;
const MAX_BYTES = 512 * 1024;
/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_BYTES = 12 * 1024;
/** The longest body: half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
/** What the wrapping of a scope may add to a span. */
const SCOPE_BYTES = 200;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

/** A bounded queue of ended spans. What does not fit is counted, never waited for. */
export interface Buffer {
  add(span: SpanRecord): void;
  /** Counts spans as lost. */
  drop(reason: string, count?: number): void;
  /** Sends what waits; `isLeaving`: in this very turn, and only what surely survives the page. */
  flush(isLeaving?: boolean): Promise<void>;
  counts(): { sent: number; waiting: number; dropped: Record<string, number> };
  /** No timer is left, and none is begun. */
  stop(): void;
}

interface Item {
  span: SpanRecord;
  size: number;
}

/** Keeps spans until a flush: encoding them earlier costs more memory and the page's time. */
export const createBuffer = (
  { room, send }: Transport,
  wrap: (spans: readonly Encoded[]) => string,
  flushInterval: number,
  now: () => EpochMs,
  after: (ms: number, fn: () => void) => Stop,
): Buffer => {
  const dropped: Record<string, number> = {};
  let queue: Item[] = [];
  let queuedBytes = 0;
  let sent = 0;
  let inFlight = 0;
  let failures = 0;
  let retryAt: EpochMs = 0;
  let stopTimer: Stop | undefined;
  let timerAt = Infinity;

  const drop = (reason: string, count = 1): void => {
    if (count) dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  /** Sets the timer for what waits; an earlier one stays. */
  const plan = (): void => {
    const isFull = queue.length >= BATCH_SPANS || queuedBytes >= BATCH_BYTES;
    const at = Math.max(now() + (isFull ? 0 : flushInterval), retryAt);
    if (!queue.length || timerAt <= at) return;
    stopTimer?.();
    timerAt = at;
    stopTimer = after(at - now(), () => void flush());
  };

  const encode = (span: SpanRecord): string => {
    try {
      return encodeSpan(span);
    } catch {
      // A processor put something in that JSON cannot hold.
      drop('encoding');
      return '';
    }
  };

  /** Takes what fits into one body. The rest stays, in order; a span too long for any body goes alone. */
  const take = (limit: number, isLeaving: boolean): (Item & Encoded)[] => {
    const batch: (Item & Encoded)[] = [];
    let bytes = byteLength(wrap([]));
    queue = queue.filter((item) => {
      if (bytes >= limit) return true;
      const json = encode(item.span);
      const size = byteLength(json) + SCOPE_BYTES;
      if (bytes + size > limit && (isLeaving || batch.length)) {
        // Leaving, a smaller one may still fit.
        if (!isLeaving) bytes = limit;
        return true;
      }
      if (json) {
        bytes += size;
        batch.push({ ...item, scope: item.span.scope, json });
      }
      queuedBytes -= item.size;
      return false;
    });
    return batch;
  };

  const retry = (batch: Item[], afterMs: number): void => {
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS) * (0.5 + Math.random());
    retryAt = now() + Math.max(afterMs, backOff);
    queue = [...batch, ...queue];
    for (const { size } of batch) queuedBytes += size;
    for (const { size } of queue.splice(MAX_SPANS)) {
      queuedBytes -= size;
      drop('queue_full');
    }
  };

  /** False when there is nothing more to be sent now. */
  const sendOne = async (isLeaving: boolean): Promise<boolean> => {
    const batch = take(isLeaving ? Math.min(BODY_BYTES, room()) : BODY_BYTES, isLeaving);
    const count = batch.length;
    if (!count) return false;
    const body = wrap(batch);
    inFlight += count;
    const result = await send(body, byteLength(body), isLeaving);
    inFlight -= count;
    if (result.outcome === 'retry') {
      retry(batch, result.afterMs);
      return false;
    }
    failures = 0;
    const rejected = Math.min(result.rejected, count);
    drop('rejected', rejected);
    sent += count - rejected;
    return true;
  };

  const flush = async (isLeaving = false): Promise<void> => {
    stopTimer?.();
    timerAt = Infinity;
    if (isLeaving) {
      // Each call reaches the network before it returns; the answers come to a page that stays after all.
      for (let left = Infinity; queue.length < left; void sendOne(true).then(plan)) left = queue.length;
    } else if (!inFlight && now() >= retryAt) {
      while (queue.length && (await sendOne(false)));
    }
    plan();
  };

  return {
    add: (span) => {
      const size = estimate(span);
      if (queue.length >= MAX_SPANS || queuedBytes + size > MAX_BYTES) drop('queue_full');
      else {
        queuedBytes += size;
        queue.push({ span, size });
        plan();
      }
    },
    drop,
    flush,
    counts: () => ({ sent, waiting: queue.length + inFlight, dropped: { ...dropped } }),
    stop: () => {
      stopTimer?.();
      timerAt = 0;
    },
  };
};

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A rough size, cheap enough for every span; the true bytes are counted when it is sent. */
const estimate = ({ attributes, events }: SpanRecord): number =>
  [attributes, ...(events ?? []).map((event) => event.attributes ?? {})].reduce(
    (sum, part) => sum + 300 + Object.values(part).join('').length,
    0,
  );
