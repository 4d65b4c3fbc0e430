import { expect, test } from 'vitest';
import { isSampled, RANDOM_DIGITS } from '../../../src/session/sampler.js';
import { createRandomHex } from '../support/random.js';

const LOWEST = '0'.repeat(RANDOM_DIGITS);
const HIGHEST = 'f'.repeat(RANDOM_DIGITS);

const draws = (count: number, seed: number) => {
  const id = createRandomHex(seed);
  return Array.from({ length: count }, () => id(RANDOM_DIGITS));
};

test('rate 1 keeps every session', () => {
  expect([LOWEST, HIGHEST, ...draws(10_000, 1)].every((random) => isSampled(random, 1))).toBe(true);
});

test('rate 0 keeps none', () => {
  expect([LOWEST, HIGHEST, ...draws(10_000, 2)].some((random) => isSampled(random, 0))).toBe(false);
});

test.each([0.5, 0.1, 0.01])('rate %f keeps that share of 40,000 sessions', (rate) => {
  const kept = draws(40_000, 3).filter((random) => isSampled(random, rate)).length;

  // Four standard deviations of the binomial distribution, 1.96 would be the 95 % interval.
  const deviation = Math.sqrt(40_000 * rate * (1 - rate));
  expect(Math.abs(kept - 40_000 * rate)).toBeLessThan(4 * deviation);
});

test('who is kept at a rate is kept at every higher one', () => {
  const rates = [0.001, 0.01, 0.1, 0.5, 0.9, 1];

  for (const random of draws(2000, 4)) {
    const kept = rates.map((rate) => isSampled(random, rate));
    expect(kept).toEqual([...kept].sort((one, other) => Number(one) - Number(other)));
  }
});

test('the threshold is that of consistent probability sampling: half of all begins with 8', () => {
  expect(isSampled(`8${'0'.repeat(13)}`, 0.5)).toBe(true);
  expect(isSampled(`7${'f'.repeat(13)}`, 0.5)).toBe(false);
  expect(isSampled(`c${'0'.repeat(13)}`, 0.25)).toBe(true);
  expect(isSampled(`b${'f'.repeat(13)}`, 0.25)).toBe(false);
});
