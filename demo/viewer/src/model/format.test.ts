import { expect, test } from 'vitest';
import { formatAge, formatDuration, formatOffset } from './format.js';

test.each([
  [0, '0'],
  [0.0423, '42.3 µs'],
  [0.85, '850 µs'],
  [0.9999, '1 ms'],
  [5.4, '5.4 ms'],
  [97.04, '97 ms'],
  [999.4, '999 ms'],
  [999.6, '1 s'],
  [1243, '1.24 s'],
  [12_345, '12.3 s'],
  [61_000, '1 m 01 s'],
  [3_599_800, '1 h 00 m'],
  [7_800_000, '2 h 10 m'],
])('%d ms is written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('an offset says on which side of the root’s start it is', () => {
  expect(formatOffset(12)).toBe('+12 ms');
  expect(formatOffset(-12)).toBe('-12 ms');
});

test('an age is never negative, also when the sender’s clock is ahead', () => {
  expect(formatAge(10_000, 9_000)).toBe('just now');
  expect(formatAge(0, 90_000)).toBe('1 min ago');
});
