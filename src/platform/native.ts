import type { Guard, Stop } from '../types.js';

/** The browser's own functions, taken at start, outside zone.js where the page has loaded it. */
export interface Native {
  fetch: typeof fetch;
  /** Calls `fn` once after `ms` milliseconds; what it throws is caught. */
  after(ms: number, fn: () => void): Stop;
}

/** Takes the functions now, before anything of ours is patched. */
export const createNative = (guard: Guard): Native => {
  // zone.js keeps the originals under names that no type declares
  const scope = window as unknown as Record<string, CallableFunction>;
  // biome-ignore lint/suspicious/noExplicitAny: each line below knows the function it asked for
  const take = (name: string): any => (scope[`__zone_symbol__${name}`] ?? scope[name])?.bind(window);
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

/** Calls `fn` when the next frame has been drawn. */
export const afterPaint = (fn: () => void): void => {
  requestAnimationFrame(() => setTimeout(fn));
};
