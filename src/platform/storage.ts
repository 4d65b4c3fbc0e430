import { attempt } from '../util/guard.js';

/** What could not be stored, which is newer than what is. */
const memory = new Map<string, string>();

/**
 * Reads from `localStorage`, shared by the tabs of the origin, or from `sessionStorage`, the tab's own; from memory where
 * they are blocked: by a policy, a sandboxed frame, or as there is none. Never throws.
 */
export const readStore = (key: string, ofTab?: boolean): string | null =>
  attempt(() => memory.get(key) ?? area(ofTab).getItem(key), null);

/** Writes where `readStore` reads, or to this page's memory where that is blocked or full. Never throws. */
export const writeStore = (key: string, value: string, ofTab?: boolean): void => {
  memory.set(key, value);
  attempt(() => {
    area(ofTab).setItem(key, value);
    memory.delete(key);
  });
};

const area = (ofTab?: boolean): Storage => (ofTab ? sessionStorage : localStorage);
