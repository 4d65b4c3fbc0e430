import { expect, test } from 'vitest';
import { createBucket } from '../../../src/session/bucket.js';
import { createTime } from '../support/time.js';

const MINUTE = 60_000;
const count = (take: (isRoot: boolean) => boolean, isRoot: boolean, tries: number) =>
  Array.from({ length: tries }, () => take(isRoot)).filter(Boolean).length;

test('of a loop that makes children, so many spans are taken as the option says', () => {
  const time = createTime();
  expect(count(createBucket(600, time), false, 5000)).toBe(600);
  expect(count(createBucket(undefined, time), false, 5000)).toBe(600);
});

test('the last tenth is for the children of traces that have begun', () => {
  const take = createBucket(600, createTime());
  expect(count(take, true, 5000)).toBe(541);
  expect(count(take, false, 5000)).toBe(59);
});

test('it fills again with time, and not beyond its size', () => {
  const time = createTime();
  const take = createBucket(60, time);
  count(take, false, 100);
  time.advance(10_000);
  expect(count(take, false, 100)).toBe(10);
  time.advance(100 * MINUTE);
  expect(count(take, false, 100)).toBe(60);
});

test.each([
  [0, 0],
  [1, 1],
  [Infinity, 5000],
])('of %f a minute, %i of 5,000 are taken at once', (max, taken) => {
  const time = createTime();
  expect(count(createBucket(max, time), true, 5000)).toBe(taken);
});
