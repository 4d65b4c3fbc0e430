import type { SpanRecord } from '../types.js';

const MAX_SPANS = 1000;
const MAX_BYTES = 512 * 1024;

/** Spans that wait, first in, first out; bounded in number and in bytes. */
export interface Queue {
  readonly spans: readonly SpanRecord[];
  /** Roughly how much waits. */
  bytes(): number;
  /** False when there is no room. Throws when the span is none. */
  put(span: SpanRecord): boolean;
  /** Removes as many from the front. */
  remove(count: number): SpanRecord[];
}

export const createQueue = (): Queue => {
  const spans: SpanRecord[] = [];
  let bytes = 0;
  return {
    spans,
    bytes: () => bytes,
    put: (span) => {
      const size = weigh(span);
      const hasRoom = spans.length < MAX_SPANS && bytes + size < MAX_BYTES;
      if (hasRoom) bytes += spans.push(span) && size;
      return hasRoom;
    },
    remove: (count) => {
      const removed = spans.splice(0, count);
      for (const span of removed) bytes -= weigh(span);
      return removed;
    },
  };
};

/** A rough size of anything, cheap enough for every span; the true bytes are counted when it is sent. */
const weigh = (value: unknown): number =>
  Object(value) === value
    ? Object.entries(value as object).reduce((sum, [key, item]) => sum + key.length + weigh(item), 20)
    : String(value).length;
