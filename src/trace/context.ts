import type { ContextManager, Span } from '../types.js';

/** The active span as a call stack: it holds while `fn` runs, and never leaks into another task. */
export const createContext = (): ContextManager => {
  let current: Span | undefined;
  return {
    active: () => current,
    with: (span, fn) => {
      const before = current;
      current = span;
      try {
        return fn();
      } finally {
        current = before;
      }
    },
  };
};
