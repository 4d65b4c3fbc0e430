import { isHidden, isPrerendering } from '../platform/lifecycle.js';
import type { LogRecord, SpanRecord, Stop } from '../types.js';
import { attempt } from '../util/guard.js';
import { createBackOff } from './back-off.js';
import { createDelivery } from './delivery.js';
import type { OfflineStore } from './offline.js';
import type { Encoded, Scoped } from './otlp.js';
import { byteLength, createQueue } from './queue.js';
import type { Transport } from './transport.js';

/** The longest body: half of our keepalive share, so that leaving has the other half. */
const BODY_BYTES = 16 * 1024;
/** How soon an error is told: collectors decide within seconds which traces they keep. */
const ERROR_MS = 1000;

/** Where ended spans wait, and when they are sent. */
export interface Buffer<T = SpanRecord> {
  add(span: T): void;
  /** Counts one that ended as lost. */
  drop(reason: string): void;
  /** Sends what waits; `isLeaving`: in this very turn, and only what surely survives the page. */
  flush(isLeaving?: boolean): Promise<void>;
  /** The network is back: sends what waits for another attempt, unless the collector has asked for the wait. */
  retry(): void;
  /** Something has changed that a killed tab would lose. */
  defer(): void;
  counts(): {
    recorded: number;
    sent: number;
    waiting: number;
    stored: number;
    dropped: Record<string, number>;
  };
  /** Sends what waits, once more; no timer is left, and none is begun. */
  stop(): void;
}

/** Everything that a buffer is made of. */
export interface BufferParts<T> {
  transport: Transport;
  wrap(spans: readonly Encoded<Scoped>[]): string;
  encode(record: T): string;
  flushInterval: number;
  /** A clock that never goes back, in ms. */
  now(): number;
  after(ms: number, fn: () => void): Stop;
  /** Where bodies outlive the page; without it they do not. */
  offline?: OfflineStore | undefined;
  /** Records of open spans that a killed tab would lose. */
  drafts?: (() => T[]) | undefined;
}

/** Keeps spans, or log records, until a flush: keeping them encoded costs more memory. */
export const createBuffer = <T extends Scoped>(parts: BufferParts<T>): Buffer<T> => {
  const { transport, wrap, encode, flushInterval, now, after, offline, drafts = () => [] } = parts;
  const { room, consent, hurry } = transport;
  const queue = createQueue(consent, encode, byteLength(wrap([])));
  const backOff = createBackOff(now);
  const { deliver, keep, sendKept, ...delivery } = createDelivery(transport, backOff, queue.drop, offline);
  let recorded = 0;
  let isUrgent = false;
  let isStopped = false;
  let stopTimer: Stop | undefined;
  let timerAt = Infinity;

  const plan = (): void => {
    // Sets the timer for what waits; an earlier one stays.
    const wait = queue.isFull() ? 0 : Math.min(flushInterval, isUrgent ? ERROR_MS : Infinity);
    const at = Math.max(now() + wait, backOff.until());
    const hasWork = queue.count() || delivery.hasKept();
    // What is under way plans when it is done.
    if (isStopped || delivery.inFlight() || !hasWork || timerAt <= at) return;
    stopTimer?.();
    timerAt = at;
    stopTimer = after(at - now(), () => void flush());
  };

  /** What could not be sent outlives the page. */
  const keepAll = (): void => {
    while (offline && queue.count()) {
      const batch = queue.take(BODY_BYTES);
      if (batch.length && !keep(wrap(batch), batch.length)) {
        queue.putBack(batch);
        break;
      }
    }
  };

  /** What a killed tab would lose. */
  const unsent = (): string | undefined => {
    if (isPrerendering() || consent() !== 'granted') return undefined;
    const open = drafts().map((span) => ({ span, json: encode(span) }));
    const batch = queue.peek(BODY_BYTES);
    return open.length + batch.length ? wrap([...open, ...batch]) : undefined;
  };

  const defer = (): void => {
    if (!isStopped) offline?.deferred?.plan(unsent);
  };

  const sendBatch = (isLeaving?: boolean): Promise<void> | undefined => {
    const batch = queue.take(isLeaving ? Math.min(BODY_BYTES, room()) : BODY_BYTES, isLeaving);
    if (!batch.length) return undefined;
    const onFailure = () => {
      queue.putBack(batch);
      if (isLeaving || isStopped || isHidden()) keepAll();
    };
    return deliver(wrap(batch), batch.length, onFailure, isLeaving);
  };

  const sendAll = async (isLeaving?: boolean): Promise<void> => {
    // A page that has broken what we build on hears nothing of it, see `flush`.
    stopTimer?.();
    timerAt = Infinity;
    isUrgent = false;
    // What goes now must not go a second time.
    offline?.deferred?.cancel();
    if (consent() === 'denied') {
      queue.sift();
      delivery.forget();
    }
    // A page that nobody has seen tells nothing.
    if (isPrerendering() || consent() !== 'granted') return;
    if (isLeaving) hurry();
    const deliveries: Promise<void>[] = [];
    // A page that goes leaves to the next one what is not due; it tries where there is no next one.
    const isDue = () => backOff.isOver() || (isLeaving && !offline);
    while ((isLeaving || !delivery.inFlight()) && isDue()) {
      const sending = sendBatch(isLeaving);
      if (!sending) break;
      deliveries.push(sending);
      // Who leaves reaches the network in this turn; the answers come to a page that stays after all.
      if (!isLeaving) await sending;
    }
    if (isLeaving) keepAll();
    await Promise.all(deliveries);
    if (!isLeaving) {
      await sendKept();
      defer();
    }
    plan();
  };

  const flush = createFlush(sendAll, delivery.inFlight);
  plan();
  return {
    add: (span) => {
      const { status, level } = span as Partial<SpanRecord & LogRecord>;
      const size = !isStopped && attempt(() => JSON.stringify(span).length);
      recorded++;
      isUrgent ||= status === 2 || /^(error|fatal)$/.test(level ?? '');
      if (size) queue.put({ span, size });
      else queue.drop(isStopped ? 'stopped' : 'encoding');
      plan();
      defer();
    },
    drop: (reason) => {
      recorded++;
      queue.drop(reason);
    },
    flush,
    defer,
    retry: () => {
      backOff.hasten();
      void flush();
    },
    counts: () => {
      const { taken, ...counts } = delivery.counts();
      const waiting = queue.count() + delivery.inFlight();
      return { recorded: recorded + taken, ...counts, waiting, dropped: { ...queue.dropped } };
    },
    stop: () => {
      isStopped = true;
      void flush(true);
    },
  };
};

/** Each flush waits for those before, but where the page goes. It never rejects. */
const createFlush = (sendAll: (isLeaving?: boolean) => Promise<void>, inFlight: () => number) => {
  let running: Promise<unknown> | undefined;
  const join = async (isLeaving?: boolean): Promise<void> => {
    if (!isLeaving && inFlight()) await running;
    running = Promise.all([running, sendAll(isLeaving).catch(() => {})]);
    await running;
  };
  return (isLeaving?: boolean): Promise<void> => join(isLeaving).catch(() => {});
};
