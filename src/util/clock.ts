import type { Clock, EpochMs } from '../types.js';

/** How far the clocks may be apart, in milliseconds, before the anchor moves: more than NTP corrections, less than any sleep. */
const DRIFT_MS = 1000;

/**
 * `performance.now()` stops while the machine sleeps and never follows the wall clock (w3c/hr-time#115), so a page
 * that slept would stamp its spans hours in the past. The anchor moves when both clocks disagree.
 */
export const createClock = (): Clock => {
  // The functions themselves: the page may replace them later.
  const monotonic = performance.now.bind(performance);
  const wall = Date.now;
  let current: EpochMs = performance.timeOrigin;
  const anchor = (): EpochMs => {
    const seen = wall() - monotonic();
    if (Math.abs(seen - current) > DRIFT_MS) current = seen;
    return current;
  };
  return {
    anchor,
    now: (from = anchor()) => from + monotonic(),
    at: (performanceTime) => anchor() + performanceTime,
  };
};

/** Whether a time that somebody gave is one: not NaN, not negative, and not in nanoseconds. */
export const isTime = (time: EpochMs | undefined = 0): time is EpochMs => time > 0 && time < 1e14;

/** Epoch milliseconds as the decimal string of nanoseconds that OTLP wants. No BigInt: a double holds 0.25 µs. Throws if it is no time. */
export const toNanos = (time: EpochMs): string => {
  if (!isTime(time)) throw TypeError('time');
  // So many digits that nothing near the next millisecond is rounded up to it.
  return Math.floor(time) + (time % 1).toFixed(12).slice(2, 8);
};

/** The time that a date of HTTP names; NaN when it is none. */
export const parseDate = (text: string): EpochMs => Date.parse(text);

/** A time on the performance timeline, which begins with the page. */
export const toPerformanceTime = (time: EpochMs): number => Math.max(0, time - performance.timeOrigin);
