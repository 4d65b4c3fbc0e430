import type { Sequence } from './generate.js';
import type { Value } from './values.js';

/** The tries take a page load each. */
const MAX_TRIES = 60;

/** The shortest sequence found that still fails: whole calls are left out first, then parts of what they are given. */
export const shrink = async (
  sequence: Sequence,
  fails: (tried: Sequence) => Promise<boolean>,
): Promise<Sequence> => {
  let best = sequence;
  let tries = 0;
  for (let hasShrunk = true; hasShrunk && tries < MAX_TRIES; ) {
    hasShrunk = false;
    for (const steps of smaller(best.steps, 0)) {
      if (tries++ >= MAX_TRIES) break;
      const tried = { ...best, steps: steps as Value[][] }; // lists of calls, shorter ones
      if (!(await fails(tried))) continue;
      best = tried;
      hasShrunk = true;
      break;
    }
  }
  return best;
};

/**
 * Every list with one item less, from the outside in: a sequence loses calls, a call keeps its parts and these lose
 * items. Further in the first item of a value names its kind and stays.
 */
function* smaller(list: readonly Value[], depth: number): Generator<Value[]> {
  const first = [0, list.length, 0][depth] ?? 1;
  for (let index = first; index < list.length; index++) yield [...list].toSpliced(index, 1);
  for (const [index, item] of list.entries()) {
    if (!Array.isArray(item)) continue;
    for (const less of smaller(item, depth + 1)) yield [...list].toSpliced(index, 1, less);
  }
}
