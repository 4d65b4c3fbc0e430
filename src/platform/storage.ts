import { attempt } from '../util/guard.js';

/** What is not stored, or could not be, which is newer than what is. */
const memory = new Map<string, readonly [value: string, ofTab: boolean | undefined]>();
let isHeld = false;

/**
 * Reads from `localStorage`, shared by the tabs of the origin, or from `sessionStorage`, the tab's own; from memory where
 * they are blocked: by a policy, a sandboxed frame, or as there is none. Never throws.
 */
export const readStore = (key: string, ofTab?: boolean): string | null =>
  attempt(() => memory.get(key)?.[0] ?? area(ofTab).getItem(key), null);

/** Writes where `readStore` reads, or to this page's memory where that is held, blocked or full. Never throws. */
export const writeStore = (key: string, value: string, ofTab?: boolean): void => {
  memory.set(key, [value, ofTab]);
  attempt(() => {
    if (isHeld) return;
    area(ofTab).setItem(key, value);
    memory.delete(key);
  });
};

/** While it is held nothing is stored but in memory, which is stored as it is let go. */
export const holdStore = (hold: boolean): void => {
  isHeld = hold;
  if (!hold) for (const [key, entry] of memory) writeStore(key, ...entry);
};

/** Removes all that any version of this code has stored. Never throws. */
export const clearStore = (): void => {
  memory.clear();
  for (const ofTab of [true, false]) {
    attempt(() => {
      for (const key of Object.keys(area(ofTab))) if (/^rootspan\b/.test(key)) area(ofTab).removeItem(key);
    });
  }
};

const area = (ofTab?: boolean): Storage => (ofTab ? sessionStorage : localStorage);
