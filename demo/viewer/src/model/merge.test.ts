import { expect, test } from 'vitest';
import { mergeTraces, refreshTraces, unseen } from './merge.js';
import type { TraceItem } from './types.js';

const item = (traceId: string, startTime: number, spanCount = 1): TraceItem => ({
  traceId,
  startTime,
  spanCount,
  rootName: null,
  rootService: null,
  route: null,
  sessionId: null,
  durationMs: 1,
  errorCount: 0,
  services: [],
  vitals: {},
  hasRoot: true,
});
const idsOf = (items: readonly TraceItem[]) => items.map(({ traceId }) => traceId);

test('new traces come first and none is there twice', () => {
  const merged = mergeTraces([item('b', 2), item('a', 1)], [item('c', 3), item('b', 2, 9)]);

  expect(idsOf(merged)).toEqual(['c', 'b', 'a']);
  expect(merged[1]?.spanCount).toBe(9);
});

test('a refresh changes rows in place and adds none', () => {
  const rows = refreshTraces([item('b', 2), item('a', 1)], [item('c', 3), item('a', 1, 7)]);

  expect(idsOf(rows)).toEqual(['b', 'a']);
  expect(rows[1]?.spanCount).toBe(7);
});

test('only traces that are not shown are waiting', () => {
  expect(idsOf(unseen([item('a', 1)], [item('a', 1), item('b', 2)]))).toEqual(['b']);
});
