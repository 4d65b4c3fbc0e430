import { attempt } from '../util/guard.js';

/** What could not be stored, which is newer than what is. */
const memory = new Map<string, string>();

/**
 * Reads from `localStorage`, shared by the tabs of the origin, or from memory where it is blocked: by a policy, a
 * sandboxed frame, or as there is none. Never throws.
 */
export const readStore = (key: string): string | null =>
  attempt(() => memory.get(key) ?? localStorage.getItem(key), null);

/** Writes to `localStorage`, or to this page's memory where it is blocked or full. Never throws. */
export const writeStore = (key: string, value: string): void => {
  memory.set(key, value);
  attempt(() => {
    localStorage.setItem(key, value);
    memory.delete(key);
  });
};
