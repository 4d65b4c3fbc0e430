/** A place for short texts. It never throws: what cannot be kept is forgotten. */
export interface Store {
  get(key: string): string | null;
  set(key: string, value: string): void;
}

/** `localStorage`, shared by the tabs of the origin; memory where it is blocked, full or absent. */
export const createStore = (): Store => {
  const memory = new Map<string, string>();
  return {
    get: (key) => {
      try {
        // What could not be stored is newer than what is.
        return memory.get(key) ?? localStorage.getItem(key);
      } catch {
        // Blocked cookies, a sandboxed frame, or no storage at all.
        return null;
      }
    },
    set: (key, value) => {
      memory.set(key, value);
      try {
        localStorage.setItem(key, value);
        memory.delete(key);
      } catch {
        // As above, or the quota: this page remembers it alone.
      }
    },
  };
};
