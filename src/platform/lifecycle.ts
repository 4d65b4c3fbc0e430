import type { Page, Stop } from '../types.js';
import { ofDocument } from '../util/own.js';
import { stopAll } from '../util/stop.js';
import { unzoned } from './native.js';

/**
 * Listens to events named in one text, without being seen: an `addEventListener` of the object's own, or of its class,
 * is not called, and Angular checks nothing for it.
 */
export const listen = (
  target: EventTarget,
  types: string,
  listener: (event: never) => void,
  options: AddEventListenerOptions = {},
): Stop => {
  const each = (name: string) => {
    const change = unzoned(EventTarget.prototype, `${name}EventListener`);
    return () => {
      for (const type of types.split(' ')) Reflect.apply(change, target, [type, listener, options]);
    };
  };
  const stop = each('remove');
  each('add')();
  return stop;
};

/**
 * Calls `onHidden` when the page is hidden. Never `unload` or `beforeunload`, which cost the back/forward cache. The
 * listener is on the window and does not capture: it runs after those of web-vitals, which capture, so that the final
 * values are there.
 */
export const listenHidden = (onHidden: () => void): Stop =>
  listen(window, 'visibilitychange', () => {
    if (isHidden()) onHidden();
  });

/** The visitor does something, or comes to see the page. Asked for first, it tells before what comes of that. */
export const watchActivity = (onActivity: () => void): Stop =>
  listen(
    window,
    'pointerdown keydown scroll pageshow visibilitychange',
    () => {
      if (!isHidden()) onActivity();
    },
    { capture: true, passive: true },
  );

/** Counts in `page` how often it was left and came back, and tells of what happens to it as a whole. */
export const watchPage = (page: Page, onLeave: () => void, onOnline: () => void, onBack: () => void): Stop =>
  stopAll([
    // On a navigation the page is left first, and then hidden.
    listen(window, 'pagehide pageshow', ({ type, persisted }: PageTransitionEvent) => {
      const isLeft = type === 'pagehide';
      if (isLeft || persisted) page.turns++;
      if (isLeft) onLeave();
      else if (persisted) onBack();
    }),
    listenHidden(onLeave),
    listen(window, 'online', onOnline),
  ]);

/** True in a page that nobody sees now: it may be killed without a word. */
export const isHidden = (): boolean =>
  // there is no document on a server
  (globalThis.document as Document | undefined)?.visibilityState === 'hidden';

/** True in a page that the browser has loaded ahead, and that nobody sees yet. */
export const isPrerendering = (): boolean => ofDocument('prerendering');
