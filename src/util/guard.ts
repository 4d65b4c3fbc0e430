import type { Guard } from '../types.js';

/** The only words the agent ever says unasked: one line about a mistake in the configuration. */
export const warn = (message: unknown): void => console.warn('[rootspan]', message);

/** With `debug` a caught fault is shown on the console, else it is silent. */
export const createGuard = (debug = false): Guard => {
  const attempt = <T>(fn: () => T, fallback?: T): T | undefined => {
    try {
      return fn();
    } catch (error) {
      if (debug) warn(error);
      return fallback;
    }
  };
  const guard: Omit<Guard, 'attempt'> & ((...args: never) => unknown) =
    <A extends unknown[]>(fn: (...args: A) => void) =>
    (...args: A): void =>
      attempt(() => fn(...args));
  return Object.assign(guard, { attempt }) as Guard;
};
