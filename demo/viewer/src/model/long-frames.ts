import type { Span } from './types.js';

/** A time in which the page did not answer. */
export interface LongFrame {
  spanId: string;
  startTime: number;
  endTime: number;
  blockingMs: number;
}

/** The long frames (and long tasks) of a trace, in order. */
export const longFrames = (spans: readonly Span[]): LongFrame[] =>
  spans
    .filter(({ scope }) => scope === 'rootspan/long-frames')
    .map(({ spanId, startTime, endTime, durationMs, attributes }) => {
      const blocking = attributes['rootspan.long_frame.blocking_ms'];
      return { spanId, startTime, endTime, blockingMs: typeof blocking === 'number' ? blocking : durationMs };
    })
    .sort((a, b) => a.startTime - b.startTime);
