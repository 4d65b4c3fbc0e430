import type { Stop } from '../types.js';

/** The browser's own functions, taken at start, outside zone.js where the page has loaded it. */
export interface Native {
  fetch: typeof fetch;
  sendBeacon(url: string, body: Blob): boolean;
  /** Calls `fn` once after `ms` milliseconds. */
  after(ms: number, fn: () => void): Stop;
  /** Calls `fn` when the next frame has been drawn. */
  afterPaint(fn: () => void): void;
}

type Zoned = Record<string, unknown>;

/** Takes the functions now, before anything of ours is patched. */
export const createNative = (): Native => {
  const scope = window as unknown as Zoned; // zone.js keeps originals under names no type declares
  // biome-ignore lint/suspicious/noExplicitAny: each caller below knows the function it asked for
  const take = (name: string): any => {
    const fn = scope[`__zone_symbol__${name}`] ?? scope[name];
    return typeof fn === 'function' ? fn.bind(window) : undefined;
  };
  const setTimer = take('setTimeout') as typeof setTimeout;
  const clearTimer = take('clearTimeout') as typeof clearTimeout;
  const nextFrame = take('requestAnimationFrame') as typeof requestAnimationFrame;
  const { navigator } = window;
  const beacon = navigator.sendBeacon;
  return {
    fetch: take('fetch'),
    sendBeacon: (url, body) => !!beacon && Reflect.apply(beacon, navigator, [url, body]),
    after: (ms, fn) => {
      const timer = setTimer(fn, ms);
      return () => clearTimer(timer);
    },
    afterPaint: (fn) => nextFrame(() => setTimer(fn)),
  };
};
