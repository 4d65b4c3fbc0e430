import type { Consent, SpanRecord } from '../types.js';
import { attempt } from '../util/guard.js';
import type { Scoped } from './otlp.js';

const MAX_SPANS = 1000;
const MAX_SIZE = 512 * 1024;
/** A batch goes out when this much waits: what a hidden page must send then stays within its share. */
const BATCH_SPANS = 50;
const BATCH_SIZE = 12 * 1024;
/** What the wrapping of a scope may add to a span. */
const SCOPE_BYTES = 200;

type Counts = Record<string, number>;

/** A span that waits, and roughly how much of the queue it takes. */
interface Waiting<T> {
  span: T;
  size: number;
  /** What goes to the collector, from when it was picked on. */
  json?: string;
  /** The losses that it tells the collector of, by reason. */
  telling?: Counts;
}

type Picked<T> = Waiting<T> & { json: string };

/** Ended spans, or log records, that wait: bounded in number and size. What does not fit is counted, never waited for. */
export const createQueue = <T extends Scoped>(
  consent: () => Consent,
  encode: (record: T) => string,
  /** Bytes of a body without spans. */
  emptyBytes: number,
) => {
  const items = new Set<Waiting<T>>();
  const dropped: Counts = {};
  const told: Counts = {};
  let queued = 0;

  const drop = (reason: string, count = 1): void => {
    if (count) dropped[reason] = (dropped[reason] ?? 0) + count;
  };

  const remove = (item: Waiting<T>): void => {
    if (items.delete(item)) queued -= item.size;
  };

  const put = (...added: Waiting<T>[]): void => {
    // Those that are in the queue already are put in order again, if they may stay.
    added.forEach(remove);
    for (const { span, size, telling } of added) {
      // It has not arrived: another one will tell.
      for (const reason in telling) told[reason] = (told[reason] ?? 0) - (telling[reason] ?? 0);
      const hasRoom = () => items.size < MAX_SPANS && queued + size < MAX_SIZE;
      // Consent may be long in coming: the latest is worth more then.
      for (const first of consent() === 'pending' ? items : []) {
        if (hasRoom()) break;
        remove(first);
        drop('queue_full');
      }
      if (consent() !== 'denied' && hasRoom()) {
        items.add({ span, size });
        queued += size;
      } else drop(consent() === 'denied' ? 'consent' : 'queue_full');
    }
  };

  const tell = (): Counts => {
    const telling: Counts = {};
    for (const [reason, count] of Object.entries(dropped)) {
      const news = count - (told[reason] ?? 0);
      if (news) telling[reason] = news;
      told[reason] = count;
    }
    return telling;
  };

  const pick = (limit: number, isLeaving?: boolean): Picked<T>[] => {
    const batch: Picked<T>[] = [];
    let bytes = emptyBytes + SCOPE_BYTES;
    // A page that goes may not have room for all.
    const rest = isLeaving ? [...items].sort((one, other) => rank(other) - rank(one)) : items;
    for (const item of rest) {
      if (bytes > limit || batch.length === BATCH_SPANS) break;
      // Empty when a processor has made something of the span that is none.
      const json = attempt(() => encode(item.span), '');
      const next = bytes + byteLength(json) + SCOPE_BYTES;
      if (!json) {
        remove(item);
        drop('encoding');
      } else if (next - SCOPE_BYTES <= limit || !(isLeaving || batch.length)) {
        batch.push(Object.assign(item, { json }));
        bytes = next;
        // The next one must not overtake.
      } else if (!isLeaving) break;
    }
    return batch;
  };

  const take = (limit: number, isLeaving?: boolean): Picked<T>[] => {
    const batch = pick(limit, isLeaving);
    batch.forEach(remove);
    const [first] = batch;
    if (first) addLosses(first, tell(), encode);
    return batch;
  };

  return {
    put,
    drop,
    /** Takes from the front what fits into one body; a span too long for any goes alone, unless the page goes too. */
    take,
    /** The most valuable of what waits, as much as fits into one body; it goes on waiting. */
    peek: (limit: number) => pick(limit, true),
    /** What waits is lost as it is denied. */
    sift: () => put(...items),
    /** Those that could not be sent are first again; the youngest give way. */
    putBack: (batch: readonly Waiting<T>[]) => put(...batch, ...items),
    count: () => items.size,
    isFull: () => items.size >= BATCH_SPANS || queued >= BATCH_SIZE,
    dropped,
  };
};

/** What a trace is worth most for: its root, and what has failed. */
const rank = ({ span }: { span: unknown }): number => {
  const { parentSpanId, status, scope } = span as SpanRecord; // of a log record none is there
  return +(!parentSpanId || status === 2 || scope === 'vitals');
};

/** The collector learns of losses by attributes of the first span of the next batch. */
const addLosses = <T extends Scoped>(
  item: Picked<T>,
  telling: Counts,
  encode: (record: T) => string,
): void => {
  const { span } = item;
  const losses = Object.entries(telling).map(([reason, count]) => [`rootspan.dropped.${reason}`, count]);
  if (!losses.length) return;
  item.telling = telling;
  item.json = encode({ ...span, attributes: { ...span.attributes, ...Object.fromEntries(losses) } });
};

export const byteLength = (text: string): number => new TextEncoder().encode(text).length;
