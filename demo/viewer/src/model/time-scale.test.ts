import { expect, test } from 'vitest';
import { pan, positionOf, ticksOf, timeAt, windowBetween, zoom } from './time-scale.js';

const limits = { start: 1000, end: 2000 };

test('a position and its time are each other’s inverse', () => {
  expect(positionOf(1250, limits)).toBe(0.25);
  expect(timeAt(0.25, limits)).toBe(1250);
});

test('ticks are round offsets from the root, also before it', () => {
  expect(ticksOf({ start: 990, end: 1052 }, 1000, 6)).toEqual([0, 20, 40]);
  expect(ticksOf({ start: 979, end: 1021 }, 1000, 4)).toEqual([-20, 0, 20]);
});

test.each([0.05, 3, 47, 860, 61_000, 7_200_000])(
  'a window of %d ms has between 3 and 8 ticks when 8 are wanted',
  (length) => {
    const ticks = ticksOf({ start: 0, end: length }, 0, 8);

    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks.length).toBeLessThanOrEqual(9);
  },
);

test('zooming keeps the time under the pointer where it is', () => {
  const zoomed = zoom(limits, 0.5, 0.8, limits);

  expect(timeAt(0.8, zoomed)).toBeCloseTo(1800);
  expect(zoomed.end - zoomed.start).toBe(500);
});

test('zooming out and panning stop at the ends of the trace', () => {
  expect(zoom({ start: 1900, end: 2000 }, 100, 0.5, limits)).toEqual(limits);
  expect(pan({ start: 1900, end: 1990 }, 1, limits)).toEqual({ start: 1910, end: 2000 });
  expect(pan({ start: 1010, end: 1100 }, -1, limits)).toEqual({ start: 1000, end: 1090 });
});

test('a window drawn from right to left is the same window, and is never empty', () => {
  expect(windowBetween(1600, 1200, limits)).toEqual({ start: 1200, end: 1600 });
  const empty = windowBetween(2000, 2000, limits);
  expect(empty.end).toBeGreaterThan(empty.start);
  expect(empty.end).toBe(2000);
});
