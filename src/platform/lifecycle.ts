import type { Stop } from '../types.js';

/** Listens without being seen: an `addEventListener` of the object's own, or of its class, is not called. */
export const listen = (
  target: EventTarget,
  type: string,
  listener: (event: never) => void,
  options: AddEventListenerOptions = {},
): Stop => {
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const args = [type, listener, options];
  Reflect.apply(addEventListener, target, args);
  return () => Reflect.apply(removeEventListener, target, args);
};

/**
 * Calls `onHidden` when the page is hidden, and `onLeave` when it goes away. Never `unload` or `beforeunload`, which
 * cost the back/forward cache. On a navigation `pagehide` comes first and `visibilitychange` follows.
 *
 * The listener is on the window and does not capture: it runs after those of web-vitals, which capture, so that the
 * final values are there.
 */
export const watchLeaving = (onHidden: () => void, onLeave: () => void): Stop => {
  const stops = [
    listen(window, 'visibilitychange', () => {
      if (document.visibilityState === 'hidden') onHidden();
    }),
    listen(window, 'pagehide', onLeave),
  ];
  return () => stops.forEach((stop) => void stop());
};

/** Calls `fn` on input of the visitor and when the page is shown again. */
export const watchActivity = (fn: () => void): Stop => {
  const options = { capture: true, passive: true };
  const stops = ['pointerdown', 'keydown', 'scroll', 'pageshow'].map((type) =>
    listen(window, type, fn, options),
  );
  return () => stops.forEach((stop) => void stop());
};

/** Calls `fn` in a task of its own after `load`, when `loadEventEnd` is known; at once if that is past. */
export const whenLoaded = (after: (ms: number, fn: () => void) => Stop, fn: () => void): Stop => {
  let stop: Stop = () => {};
  const wait = () => {
    stop = after(0, fn);
  };
  const unlisten = document.readyState === 'complete' ? wait() : listen(window, 'load', wait);
  return () => {
    unlisten?.();
    stop();
  };
};
