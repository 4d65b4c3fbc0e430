import type { Stop } from '../types.js';

/** One stop for many, last begun first. A second call does nothing. */
export const stopAll = (stops: Stop[]): Stop => {
  return () => {
    for (const stop of stops.splice(0).reverse()) stop();
  };
};
