import type { Guard } from '../types.js';

/** The only words the agent ever says unasked: one line about a mistake in the configuration. */
export const warn = (message: string): void => console.warn(`[rootspan] ${message}`);

/** With `debug` a caught fault is shown on the console, else it is silent. */
export const createGuard = (debug = false): Guard => {
  const attempt = <T>(fn: () => T): T | undefined => {
    try {
      return fn();
    } catch (error) {
      if (debug) console.warn('[rootspan]', error);
      return undefined;
    }
  };
  const guard =
    <A extends unknown[]>(fn: (...args: A) => void) =>
    (...args: A): void =>
      attempt(() => fn(...args));
  return Object.assign(guard, { attempt });
};
