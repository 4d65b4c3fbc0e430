import type { Guard, Stop } from '../types.js';

/** The browser's own functions, taken at start, outside zone.js where the page has loaded it. */
export interface Native {
  fetch: typeof fetch;
  /** Calls `fn` once after `ms` milliseconds; what it throws is caught. */
  after(ms: number, fn: () => void): Stop;
}

/** Takes the functions now, before anything of ours is patched. */
export const createNative = (guard: Guard): Native => {
  const take = (name: string) => unzoned(window, name)?.bind(window);
  const setTimer = take('setTimeout');
  const clearTimer = take('clearTimeout');
  return {
    fetch: take('fetch'),
    after: (ms, fn) => {
      const timer = setTimer(guard(fn), ms);
      return () => clearTimer(timer);
    },
  };
};

/** The browser's function, where zone.js may have put another in its place. */
// biome-ignore lint/suspicious/noExplicitAny: no type declares its names for the originals; callers know the function
export const unzoned = (target: any, name: string): any => {
  const original = target[`__zone_symbol__${name}`];
  return typeof original === 'function' ? original : target[name];
};

/** Calls `fn` when the next frame has been drawn, outside zone.js too. */
export const afterPaint = ({ after }: Pick<Native, 'after'>, fn: () => void): void =>
  unzoned(window, 'requestAnimationFrame')(() => after(0, fn));
