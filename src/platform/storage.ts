/** What could not be stored, which is newer than what is. */
const memory = new Map<string, string>();

/** Reads from `localStorage`, shared by the tabs of the origin, or from memory where it is blocked. Never throws. */
export const readStore = (key: string): string | null => {
  try {
    return memory.get(key) ?? localStorage.getItem(key);
  } catch {
    // Blocked cookies, a sandboxed frame, or no storage at all.
    return null;
  }
};

/** Writes to `localStorage`, or to this page's memory where it is blocked or full. Never throws. */
export const writeStore = (key: string, value: string): void => {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
    memory.delete(key);
  } catch {
    // As above, or the quota: this page remembers it alone.
  }
};
