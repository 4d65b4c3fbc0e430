import { fetchStep } from './generate-fetch.js';
import { beaconStep, connectionStep, historyStep } from './generate-others.js';
import { xhrStep } from './generate-xhr.js';
import { createRandom } from './random.js';
import type { Draw, Value } from './values.js';

/** What is drawn from one seed. */
export interface Sequence {
  seed: number;
  /** All calls at once: then each has its own order only. */
  isConcurrent: boolean;
  /** `[kind of call, ...parts]`, see `page/run.js`. */
  steps: Value[][];
}

/** Where the requests of a step go. */
export const pathOf = (seed: number): string => `/api/fuzz/${seed}`;

/** The sequence of a seed: 3 to 8 calls. */
export const generate = (seed: number): Sequence => {
  const random = createRandom(seed);
  const isConcurrent = random.chance(0.15);
  let number = 0;
  const steps = random.times(3, 8, () => {
    const draw: Draw = { ...random, path: `${pathOf(seed)}/${number++}` };
    const share = random.below(100);
    if (share < 48) return fetchStep(draw, isConcurrent);
    if (share < 76) return xhrStep(draw);
    if (share < 92) return isConcurrent ? fetchStep(draw, true) : historyStep(draw);
    return share < 96 ? beaconStep(draw) : connectionStep(draw);
  });
  return { seed, isConcurrent, steps };
};
