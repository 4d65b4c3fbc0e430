import type { Stop } from '../types.js';

/**
 * Calls `onEntries` with the performance entries of a type, also those from before the call. A no-op where the browser
 * does not know the type. The page's own buffers are never touched.
 */
export const observe = <T extends PerformanceEntry>(
  type: string,
  onEntries: (entries: T[]) => void,
  options: PerformanceObserverInit = {},
): Stop => {
  if (!globalThis.PerformanceObserver?.supportedEntryTypes?.includes(type)) return () => {};
  // the observer hands out entries of the type that was asked for
  const observer = new PerformanceObserver((list) => onEntries(list.getEntries() as T[]));
  observer.observe({ type, buffered: true, ...options });
  return () => observer.disconnect();
};
