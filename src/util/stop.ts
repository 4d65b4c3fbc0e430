import type { Stop } from '../types.js';

/** One stop for many, last begun first; what did not begin has none. A second call does nothing. */
export const stopAll = (stops: (Stop | undefined)[]): Stop => {
  return () => {
    for (const stop of stops.splice(0).reverse()) stop?.();
  };
};
