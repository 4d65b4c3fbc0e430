import type { Guard } from '../types.js';

/** The only words the agent ever says unasked: one line about a mistake in the configuration. */
export const warn = (message: unknown): void => console.warn('[rootspan]', message);

/** What the agent says with `debug` alone. */
export const tell = (message: string): void => console.info('[rootspan]', message);

/** What `fn` gives, or `fallback` where it throws: for what is known to fail now and then. */
export const attempt = <T, F = undefined>(fn: () => T, fallback?: F): T | F => {
  try {
    return fn();
  } catch {
    // Each caller says what it expects to fail.
    return fallback as F; // absent only where F is undefined
  }
};

/** With `debug` a caught fault is shown on the console, else it is silent. */
export const createGuard =
  (debug?: boolean): Guard =>
  (fn) =>
  (...args) => {
    try {
      return fn(...args);
    } catch (error) {
      if (debug) warn(error);
    }
  };

/** The page's console: to be patched, never to be written to. */
export const hostConsole = (): Console => console;
