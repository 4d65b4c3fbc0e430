import type { SpanTree } from './span-tree.js';
import { clampWindow, type TimeWindow } from './time-scale.js';
import type { Span } from './types.js';

/** How many times the root's length a trace may take before the first view is limited to the root. */
const STRETCH_LIMIT = 3;

export interface TraceBounds {
  /** Every span and event-bearing mark. */
  all: TimeWindow;
  /** What to show first. */
  initial: TimeWindow;
  /** Spans of which `initial` does not show all. */
  outside: number;
}

/**
 * A page view's trace may get a web vital or an error minutes after the page was there. Shown to scale, that would leave
 * everything else a line: then the first view is the root's own time, and the rest is a pan away.
 */
export const traceBounds = (spans: readonly Span[], tree: SpanTree): TraceBounds => {
  const all = pad(extent(spans));
  const main = tree.main?.span;
  if (!main || main.endTime <= main.startTime) return { all, initial: all, outside: 0 };
  const limit = main.startTime + STRETCH_LIMIT * (main.endTime - main.startTime);
  if (all.end <= limit && all.start >= main.startTime - (limit - main.startTime))
    return { all, initial: all, outside: 0 };
  // What happens soon after the root (a late paint, a slow consumer) still belongs to the picture.
  const times = spans.flatMap((span) => [span.endTime, ...span.events.map((event) => event.time)]);
  const end = Math.max(main.endTime, ...times.filter((time) => time <= limit));
  const initial = clampWindow(pad({ start: main.startTime, end }), all);
  const outside = spans.filter((span) => span.endTime > initial.end || span.startTime < initial.start).length;
  return { all, initial, outside };
};

const extent = (spans: readonly Span[]): TimeWindow => {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    start = Math.min(start, span.startTime);
    end = Math.max(end, span.endTime);
  }
  return spans.length > 0 ? { start, end } : { start: 0, end: 1 };
};

/** A little room, so that marks at the very end can be seen and pointed at. */
const pad = ({ start, end }: TimeWindow): TimeWindow => ({
  start,
  end: end + Math.max((end - start) * 0.015, 0.05),
});
