import type { ContextManager, Span } from '../types.js';

/** The active span as a call stack: it holds while `fn` runs, and never leaks into another task. */
export const createContext = (): ContextManager => {
  let current: Span | undefined;
  const run = <T>(span: Span | undefined, fn: () => T): T => {
    const before = current;
    current = span;
    try {
      return fn();
    } finally {
      current = before;
    }
  };
  return {
    active: () => current,
    with: run,
    bind: (fn) => {
      const span = current;
      return new Proxy(fn, {
        apply: (target, self, args) => run(span, () => Reflect.apply(target, self, args)),
      });
    },
  };
};
