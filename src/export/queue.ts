import type { SpanRecord } from '../types.js';

const MAX_SPANS = 1000;
const MAX_BYTES = 512 * 1024;

/** Spans that wait, first in, first out; bounded in number and in bytes. */
export interface Queue {
  count(): number;
  /** Roughly how much waits. */
  bytes(): number;
  /** False when there is no room. Throws when the span cannot be weighed. */
  put(span: SpanRecord): boolean;
  /** Removes the spans that are wanted; each is asked for once, from the front. */
  take(isWanted: (span: SpanRecord) => boolean): SpanRecord[];
}

export const createQueue = (): Queue => {
  let items: { span: SpanRecord; size: number }[] = [];
  let bytes = 0;
  return {
    count: () => items.length,
    bytes: () => bytes,
    put: (span) => {
      const size = weigh(span);
      const hasRoom = items.length < MAX_SPANS && bytes + size < MAX_BYTES;
      if (hasRoom) {
        items.push({ span, size });
        bytes += size;
      }
      return hasRoom;
    },
    take: (isWanted) => {
      const taken: SpanRecord[] = [];
      items = items.filter(({ span, size }) => {
        if (!isWanted(span)) return true;
        bytes -= size;
        taken.push(span);
        return false;
      });
      return taken;
    },
  };
};

/** A rough size of anything, cheap enough for every span; the true bytes are counted when it is sent. */
const weigh = (value: unknown): number =>
  Object(value) === value
    ? Object.entries(value as object).reduce((sum, [key, item]) => sum + key.length + weigh(item), 20)
    : String(value).length;
