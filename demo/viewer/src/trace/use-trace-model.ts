import { useMemo } from 'react';
import { type CriticalSegment, criticalPath, criticalTime } from '../model/critical-path.js';
import { type LongFrame, longFrames } from '../model/long-frames.js';
import { groupResources } from '../model/resource-groups.js';
import { buildSpanTree, type SpanTree } from '../model/span-tree.js';
import { type TraceBounds, traceBounds } from '../model/trace-window.js';
import type { LogRecord, Trace } from '../model/types.js';
import { type VitalMark, vitalMarks } from '../model/vitals.js';

/** All that is computed from a trace, once per answer of the collector. */
export interface TraceModel {
  trace: Trace;
  tree: SpanTree;
  bounds: TraceBounds;
  /** Offsets are told from here: the root's start. */
  origin: number;
  critical: Map<string, CriticalSegment[]>;
  criticalTime: Map<string, number>;
  vitals: VitalMark[];
  longFrames: LongFrame[];
  logs: Map<string, LogRecord[]>;
}

export const useTraceModel = (trace: Trace): TraceModel => useMemo(() => createModel(trace), [trace]);

const createModel = (trace: Trace): TraceModel => {
  const spanTree = buildSpanTree(trace.spans);
  const bounds = traceBounds(trace.spans, spanTree);
  const segments = spanTree.main ? criticalPath(spanTree.main) : [];
  // Rows for the reader; the path was found without them.
  const tree = groupResources(spanTree);
  return {
    trace,
    tree,
    bounds,
    origin: tree.main?.span.startTime ?? bounds.all.start,
    critical: groupBy(segments, (segment) => segment.spanId),
    criticalTime: criticalTime(segments),
    vitals: vitalMarks(trace.spans),
    longFrames: longFrames(trace.spans),
    logs: groupBy(trace.logs, (log) => log.spanId ?? ''),
  };
};

const groupBy = <T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
};
