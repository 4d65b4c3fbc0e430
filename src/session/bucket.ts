import type { Clock } from '../types.js';

/**
 * A token bucket against a page that makes spans in a loop. The last tenth is for children, so that traces that have
 * begun are finished before others begin; who is refused takes all below it along.
 */
export const createBucket = (maxSpansPerMinute = 600, clock: Clock) => {
  let tokens = maxSpansPerMinute;
  let last = 0;
  return (isRoot: boolean): boolean => {
    // on a clock that never goes back
    const now = clock.now(0);
    tokens = Math.min(maxSpansPerMinute, tokens + ((now - last) / 60_000) * maxSpansPerMinute);
    last = now;
    if (tokens < ((isRoot && maxSpansPerMinute / 10) || 1)) return false;
    tokens--;
    return true;
  };
};
