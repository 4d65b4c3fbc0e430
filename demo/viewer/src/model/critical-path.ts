import type { SpanNode } from './span-tree.js';

export interface CriticalSegment {
  spanId: string;
  startTime: number;
  endTime: number;
}

/**
 * The chain of work that the root's length consists of, latest part first. From a span's end back: time after the child that
 * ended last belongs to the span itself; then that child is walked in the same way, and then whatever ended before it began.
 * The segments cover the root's duration once, without gap or overlap.
 */
export const criticalPath = (root: SpanNode): CriticalSegment[] => {
  const segments: CriticalSegment[] = [];
  // A stack in place of recursion: depth is the trace's, and is not ours to limit.
  const pending: Walk[] = [walkOf(root, root.span.startTime, root.span.endTime)];
  for (let walk = pending.pop(); walk; walk = pending.pop()) {
    const child = nextChild(walk);
    const segmentStart = child ? Math.min(child.span.endTime, walk.cursor) : walk.floor;
    if (walk.cursor > segmentStart) {
      segments.push({ spanId: walk.node.span.spanId, startTime: segmentStart, endTime: walk.cursor });
    }
    if (!child) continue;
    const childStart = Math.max(child.span.startTime, walk.floor);
    pending.push({ ...walk, cursor: childStart });
    pending.push(walkOf(child, childStart, segmentStart));
  }
  return segments;
};

/** Milliseconds on the path, by span. */
export const criticalTime = (segments: readonly CriticalSegment[]): Map<string, number> => {
  const total = new Map<string, number>();
  for (const { spanId, startTime, endTime } of segments) {
    total.set(spanId, (total.get(spanId) ?? 0) + endTime - startTime);
  }
  return total;
};

const MARKS = new Set(['rootspan/vitals', 'rootspan/long-frames']);

interface Walk {
  node: SpanNode;
  /** Latest end first; consumed from the front. */
  children: SpanNode[];
  next: { index: number };
  floor: number;
  cursor: number;
}

const walkOf = (node: SpanNode, floor: number, cursor: number): Walk => {
  const children = node.children.filter((child) => isWork(child) && child.span.startTime < cursor);
  // A child that outlives its parent (or whose host's clock is ahead) is on the path up to the parent's end only.
  const endOf = (child: SpanNode): number => Math.min(child.span.endTime, cursor);
  children.sort((a, b) => endOf(b) - endOf(a) || a.span.startTime - b.span.startTime);
  return { node, children, next: { index: 0 }, floor, cursor };
};

const nextChild = (walk: Walk): SpanNode | undefined => {
  const atEnd = walk.next.index === 0;
  while (walk.next.index < walk.children.length) {
    const child = walk.children[walk.next.index++];
    if (!child || child.span.endTime <= walk.floor) continue;
    // What still ran when a later child began did not hold that child up.
    if (atEnd || child.span.endTime <= walk.cursor) return child;
  }
  return undefined;
};

/** Web vitals, long frames and recorded errors are marks, nobody waited for them. */
const isWork = ({ span }: SpanNode): boolean => span.endTime > span.startTime && !MARKS.has(span.scope ?? '');
