import type { Guard } from '../types.js';

/** The only words the agent ever says unasked: one line about a mistake in the configuration. */
export const warn = (message: unknown): void => console.warn('[rootspan]', message);

/** With `debug` a caught fault is shown on the console, else it is silent. */
export const createGuard =
  (debug?: boolean): Guard =>
  (fn) =>
  (...args) => {
    try {
      return fn(...args);
    } catch (error) {
      if (debug) warn(error);
      return undefined;
    }
  };
