import type { TraceItem } from './types.js';

/** Newest first, each trace once; what `fresh` says of a trace wins. */
export const mergeTraces = (known: readonly TraceItem[], fresh: readonly TraceItem[]): TraceItem[] => {
  const byId = new Map(known.map((item) => [item.traceId, item]));
  for (const item of fresh) byId.set(item.traceId, item);
  return [...byId.values()].sort((a, b) => b.startTime - a.startTime);
};

/** Updates traces that are already shown, without adding or moving a row. */
export const refreshTraces = (known: readonly TraceItem[], fresh: readonly TraceItem[]): TraceItem[] => {
  const byId = new Map(fresh.map((item) => [item.traceId, item]));
  return known.map((item) => byId.get(item.traceId) ?? item);
};

export const unseen = (known: readonly TraceItem[], fresh: readonly TraceItem[]): TraceItem[] => {
  const ids = new Set(known.map((item) => item.traceId));
  return fresh.filter((item) => !ids.has(item.traceId));
};
