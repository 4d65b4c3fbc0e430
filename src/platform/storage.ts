import type { SessionOptions } from '../types.js';
import { attempt } from '../util/guard.js';

type Place = SessionOptions['storage'];

/** What is not stored, or could not be, which is newer than what is. */
const memory = new Map<string, readonly [value: string, place: Place]>();
let isHeld = false;

/**
 * Reads from `localStorage`, shared by the tabs of the origin, from `sessionStorage`, the tab's own, or from what is given;
 * from memory where that is blocked: by a policy, a sandboxed frame, or as there is none. Never throws.
 */
export const readStore = (key: string, place?: Place): string | null =>
  // Throws for null, and for what is no text.
  attempt(() => memory.get(key)?.[0] ?? (area(place).getItem(key) as string).slice(), null);

/** Writes where `readStore` reads, or to this page's memory where that is held, blocked or full. Never throws. */
export const writeStore = (key: string, value: string, place?: Place): void => {
  memory.set(key, [value, place]);
  attempt(() => {
    if (isHeld) return;
    area(place).setItem(key, value);
    memory.delete(key);
  });
};

/** Removes it where `readStore` reads. Never throws. */
export const removeStore = (key: string, place?: Place): void => {
  memory.delete(key);
  attempt(() => area(place).removeItem(key));
};

/** The keys that begin with `prefix`; of a place that cannot list, those in memory. Never throws. */
export const listStore = (prefix: string, place?: Place): string[] =>
  [...memory.keys(), ...attempt(() => Object.keys(area(place)), [])].filter((key) => key.startsWith(prefix));

/** For the other tabs of the origin, which hear a `storage` event: written and removed at once, held or not. Never throws. */
export const tellTabs = (key: string): void =>
  attempt(() => {
    localStorage.setItem(key, 'true');
    localStorage.removeItem(key);
  });

/** While it is held nothing is stored but in memory, which is stored as it is let go. */
export const holdStore = (hold: boolean): void => {
  isHeld = hold;
  if (!hold) for (const [key, entry] of memory) writeStore(key, ...entry);
};

/** Removes all that any version of this code has stored, and `key` from a place that cannot list. Never throws. */
export const clearStore = (key: string, place: Place): void => {
  memory.clear();
  removeStore(key, place);
  for (const each of ['local', 'session'] as const) {
    for (const name of listStore('rootspan', each)) if (/^rootspan\b/.test(name)) removeStore(name, each);
  }
};

/** For memory none: what uses it throws, and memory is what is left. */
const area = (place: Place) =>
  typeof place === 'object'
    ? place
    : place === 'session'
      ? sessionStorage
      : ((place !== 'memory' && localStorage) as Storage);
