import type { EpochMs, SpanRecord, Stop } from '../types.js';
import { type Envelope, encodeSpan } from './otlp.js';
import type { Transport } from './transport.js';

const MAX_SPANS = 1000;
const MAX_BYTES = 512 * 1024;
/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_BYTES = 12 * 1024;
/** The longest body while the page is visible; half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;

export interface BufferOptions {
  readonly transport: Transport;
  readonly envelope: Envelope;
  readonly flushInterval: number;
  now(): EpochMs;
  after(ms: number, fn: () => void): Stop;
}

/** A bounded queue of ended spans. What does not fit is counted, never waited for. */
export interface Buffer {
  add(span: SpanRecord): void;
  /** Counts a span as lost. */
  drop(reason: string, count?: number): void;
  /** Sends what waits; `isLeaving`: in this very turn, and only what surely survives the page. */
  flush(isLeaving?: boolean): Promise<void>;
  readonly counts: { sent: number; dropped: Record<string, number> };
  waiting(): number;
  stop(): void;
}

interface Item {
  span: SpanRecord;
  bytes: number;
}

/** Keeps spans until a flush: encoding them earlier costs more memory and the page's time. */
export const createBuffer = (options: BufferOptions): Buffer => {
  const { transport, envelope, flushInterval, now, after } = options;
  const counts: Buffer['counts'] = { sent: 0, dropped: {} };
  let queue: Item[] = [];
  let queuedBytes = 0;
  let inFlight = 0;
  let failures = 0;
  let retryAt: EpochMs = 0;
  let timer: { at: EpochMs; stop: Stop } | undefined;

  const drop = (reason: string, count = 1): void => {
    if (count) counts.dropped[reason] = (counts.dropped[reason] ?? 0) + count;
  };

  const schedule = (ms: number): void => {
    const at = Math.max(now() + ms, retryAt);
    if (timer && timer.at <= at) return;
    timer?.stop();
    timer = { at, stop: after(at - now(), () => void flush()) };
  };

  const enqueue = (item: Item): void => {
    if (queue.length >= MAX_SPANS || queuedBytes + item.bytes > MAX_BYTES) return drop('queue_full');
    queue.push(item);
    queuedBytes += item.bytes;
  };

  const plan = (): void => {
    if (!queue.length) return;
    schedule(queue.length >= BATCH_SPANS || queuedBytes >= BATCH_BYTES ? 0 : flushInterval);
  };

  /** Takes the spans that fit, encoded; what does not fit stays in order. */
  const take = (limit: number, isLeaving: boolean) => {
    const batch: { item: Item; scope: string; json: string }[] = [];
    const rest: Item[] = [];
    let bytes = byteLength(envelope.wrap([]));
    for (const item of queue) {
      const json = bytes < limit ? encode(item) : undefined;
      if (json === '') continue;
      const size = json ? byteLength(json) + SCOPE_BYTES : Infinity;
      // A span too long for any body goes alone, if the page stays.
      if (json && (bytes + size <= limit || (!isLeaving && !batch.length))) {
        bytes += size;
        batch.push({ item, scope: item.span.scope, json });
      } else {
        rest.push(item);
        if (!isLeaving) bytes = limit;
      }
    }
    queue = rest;
    queuedBytes = rest.reduce((sum, item) => sum + item.bytes, 0);
    return batch;
  };

  const encode = ({ span }: Item): string => {
    try {
      return encodeSpan(span);
    } catch {
      // A processor put something in that JSON cannot hold.
      drop('encoding');
      return '';
    }
  };

  const sendOne = async (isLeaving: boolean): Promise<boolean> => {
    const batch = take(isLeaving ? Math.min(BODY_BYTES, transport.room()) : BODY_BYTES, isLeaving);
    if (!batch.length) return false;
    const body = envelope.wrap(batch);
    inFlight += batch.length;
    const result = await transport.send(body, byteLength(body), isLeaving);
    inFlight -= batch.length;
    if (result.outcome === 'retry') {
      const backOff = Math.min(FIRST_RETRY_MS * 2 ** failures++, LAST_RETRY_MS) * (0.5 + Math.random());
      retryAt = now() + Math.max(result.afterMs, backOff);
      const later = queue;
      queue = [];
      queuedBytes = 0;
      for (const item of [...batch.map(({ item }) => item), ...later]) enqueue(item);
      return false;
    }
    failures = 0;
    const rejected = result.outcome === 'rejected' ? batch.length : Math.min(result.rejected, batch.length);
    drop('rejected', rejected);
    counts.sent += batch.length - rejected;
    return true;
  };

  const flush = async (isLeaving = false): Promise<void> => {
    timer?.stop();
    timer = undefined;
    if (isLeaving) {
      const sends: Promise<boolean>[] = [];
      // Each call reaches the network before it returns its promise.
      for (let left = Infinity; queue.length && queue.length < left; ) {
        left = queue.length;
        sends.push(sendOne(true));
      }
      await Promise.all(sends);
    } else if (!inFlight && now() >= retryAt) {
      while (queue.length && (await sendOne(false)));
    }
    plan();
  };

  return {
    add: (span) => {
      enqueue({ span, bytes: estimate(span) });
      plan();
    },
    drop,
    flush,
    counts,
    waiting: () => queue.length + inFlight,
    stop: () => timer?.stop(),
  };
};

/** What a scope's wrapping may add to each span. */
const SCOPE_BYTES = 200;

const byteLength = (text: string): number => new TextEncoder().encode(text).length;

/** A rough size, cheap enough for every span; the true bytes are counted when it is sent. */
const estimate = ({ attributes, events }: SpanRecord): number => {
  const sizes = [attributes, ...(events ?? []).map((event) => event.attributes ?? {})];
  return sizes.reduce(
    (sum, part) =>
      sum + Object.entries(part).reduce((all, [key, value]) => all + key.length + `${value}`.length + 50, 80),
    250,
  );
};
