import { listen } from '../platform/lifecycle.js';
import type { InstrumentationContext, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { closest } from './describe-element.js';

/** So many clicks on one element within so many milliseconds are rage. */
const RAGE_CLICKS = 3;
const RAGE_MS = 1000;
/** A click without any effect for so long is dead, in milliseconds. */
const DEAD_MS = 1000;

/** What a visitor expects to do something. */
const PROMISING =
  'a[href],button,[role=button],[role=link],[role=menuitem],[role=tab],input[type=button],[onclick]';
/** What the browser has an answer to of its own, unless the page prevents it. */
const NATIVE = 'a[href],input:not([type=button]),select,textarea,label,[popovertarget],[commandfor]';

/** Tells of each click whether it is one too many on the same element. Three clicks that select a text are none. */
export const createRageWatch = () => {
  let element: WeakRef<Element> | undefined;
  let times: number[] = [];
  return (target: Element, time: number): boolean => {
    times = element?.deref() === target ? times.filter((earlier) => time - earlier < RAGE_MS) : [];
    element = new WeakRef(target);
    const isField = (target as HTMLInputElement).selectionStart != null; // undefined or null in what is no text field
    return times.push(time) >= RAGE_CLICKS && !isField && getSelection()?.isCollapsed !== false;
  };
};

/**
 * Finds out whether a click had an effect that can be seen: a change of the document, a scroll, a loss of focus, or
 * what the browser does by itself. Calls `onKnown` then, unless stopped.
 */
export const watchEffect = (
  { after, guard }: InstrumentationContext,
  event: Event,
  target: Element,
  onKnown: (isDead: boolean) => void,
): Stop => {
  const element = closest(target, PROMISING);
  const { form, type } = (element ?? {}) as HTMLButtonElement; // undefined in what is none
  const isNative = !element || element.matches(NATIVE) || (form && type !== 'button');
  const know = guard((isDead: boolean) => {
    stop();
    onKnown(isDead);
  });
  const observer = new MutationObserver(() => know(false));
  const changes = { subtree: true, childList: true, attributes: true, characterData: true };
  // Of a web component the document is not told.
  for (let root: Node | undefined = target; root; root = (root.getRootNode() as ShadowRoot).host)
    observer.observe(root.getRootNode(), changes);
  observer.observe(document, changes);
  let stopTimer = after(0, () => {
    // All listeners have run. The event, and with it its element, is not kept any longer.
    if (isNative && !event.defaultPrevented) know(false);
    else stopTimer = after(DEAD_MS, () => know(true));
  });
  const stop = stopAll([
    () => observer.disconnect(),
    () => stopTimer(),
    listen(window, 'scroll blur toggle', () => know(false), { capture: true, passive: true }),
  ]);
  return stop;
};
