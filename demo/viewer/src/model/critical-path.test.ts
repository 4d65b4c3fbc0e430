import { expect, test } from 'vitest';
import { criticalPath, criticalTime } from './critical-path.js';
import { largeTrace, spanOf } from './fixture.js';
import { buildSpanTree } from './span-tree.js';
import type { Span } from './types.js';

const pathOf = (spans: readonly Span[]) => {
  const main = buildSpanTree(spans).main;
  if (!main) throw new Error('the trace has no span');
  return criticalPath(main);
};

const textOf = (spans: readonly Span[]) =>
  pathOf(spans).map(({ spanId, startTime, endTime }) => `${spanId} ${startTime}-${endTime}`);

test('a span alone is its own path', () => {
  expect(textOf([spanOf('root', null, 0, 10)])).toEqual(['root 0-10']);
});

test('children one after the other are all on the path, with the gaps theirs who waited', () => {
  const spans = [spanOf('root', null, 0, 10), spanOf('first', 'root', 1, 4), spanOf('second', 'root', 5, 9)];

  expect(textOf(spans)).toEqual(['root 9-10', 'second 5-9', 'root 4-5', 'first 1-4', 'root 0-1']);
});

test('of children at the same time the one that ended last is on the path', () => {
  const spans = [spanOf('root', null, 0, 10), spanOf('long', 'root', 1, 8), spanOf('short', 'root', 1, 5)];

  expect(textOf(spans)).toEqual(['root 8-10', 'long 1-8', 'root 0-1']);
});

test('a child that still ran when the next one began did not hold it up', () => {
  const spans = [
    spanOf('root', null, 0, 10),
    spanOf('before', 'root', 0, 3),
    spanOf('beside', 'root', 2, 6),
    spanOf('last', 'root', 5, 10),
  ];

  expect(textOf(spans)).toEqual(['last 5-10', 'root 3-5', 'before 0-3']);
});

test('the path goes down to the query that the page waited for', () => {
  const spans = [
    spanOf('page', null, 0, 10),
    spanOf('request', 'page', 2, 8),
    spanOf('server', 'request', 3, 7),
    spanOf('query', 'server', 4, 6),
  ];

  expect(textOf(spans)).toEqual([
    'page 8-10',
    'request 7-8',
    'server 6-7',
    'query 4-6',
    'server 3-4',
    'request 2-3',
    'page 0-2',
  ]);
});

test('a child that outlives its parent counts up to the parent’s end', () => {
  expect(textOf([spanOf('root', null, 0, 10), spanOf('async', 'root', 4, 30)])).toEqual([
    'async 4-10',
    'root 0-4',
  ]);
});

test('a child whose clock is behind counts from the parent’s start', () => {
  expect(textOf([spanOf('root', null, 5, 10), spanOf('skewed', 'root', 1, 7)])).toEqual([
    'root 7-10',
    'skewed 5-7',
  ]);
});

test('a child that is wholly outside of its parent is not on the path', () => {
  const spans = [
    spanOf('root', null, 5, 10),
    spanOf('earlier', 'root', 1, 4),
    spanOf('later', 'root', 11, 12),
  ];

  expect(textOf(spans)).toEqual(['root 5-10']);
});

test('web vitals, long frames and marks without length are nobody’s wait', () => {
  const spans = [
    spanOf('root', null, 0, 10),
    spanOf('web-vitals', 'root', 0, 9, { scope: 'rootspan/vitals' }),
    spanOf('long_frame', 'root', 2, 8, { scope: 'rootspan/long-frames' }),
    spanOf('exception', 'root', 10, 10),
  ];

  expect(textOf(spans)).toEqual(['root 0-10']);
});

test.each([1, 2, 3, 4, 5])(
  'the path of a large trace covers the root once, without gap or overlap (seed %i)',
  (seed) => {
    const spans = largeTrace(1000, seed);

    const path = pathOf(spans).reverse();

    expect(path[0]?.startTime).toBe(spans[0]?.startTime);
    expect(path.at(-1)?.endTime).toBe(spans[0]?.endTime);
    path.slice(1).forEach((segment, index) => {
      expect(segment.startTime).toBe(path[index]?.endTime);
    });
  },
);

test('the time on the path adds up by span', () => {
  const spans = [spanOf('root', null, 0, 10), spanOf('child', 'root', 2, 7)];

  expect(Object.fromEntries(criticalTime(pathOf(spans)))).toEqual({ root: 5, child: 5 });
});
