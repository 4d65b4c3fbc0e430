import type { Stop } from '../types.js';

/** Stops the observation. `flush` hands over now what would come in a later task; it is missing where nothing comes. */
export type Observation = Stop & { flush?: Stop };

/**
 * Calls `onEntries` with the performance entries of a type, also those from before the call. A no-op where the browser
 * does not know the type. The page's own buffers are never touched.
 */
export const observe = <T extends PerformanceEntry>(
  type: string,
  onEntries: (entries: T[]) => void,
  options: PerformanceObserverInit = {},
): Observation => {
  if (!globalThis.PerformanceObserver?.supportedEntryTypes?.includes(type)) return () => {};
  // the observer hands out entries of the type that was asked for
  const pass = (entries: PerformanceEntryList) => onEntries(entries as T[]);
  const observer = new PerformanceObserver((list) => pass(list.getEntries()));
  observer.observe({ type, buffered: true, ...options });
  return Object.assign(() => observer.disconnect(), { flush: () => pass(observer.takeRecords()) });
};
