import { createRandom as createNumbers } from '../../unit/support/random.js';

/** Draws that are the same for the same seed. */
export interface Random {
  /** An integer from 0 on, below `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** So many calls of `make`. */
  times<T>(least: number, most: number, make: () => T): T[];
}

/** The seeds are spread: neighbours then have nothing in common. */
export const createRandom = (seed: number): Random => {
  const next = createNumbers(Math.imul(seed + 1, 0x9e3779b1));
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)] as (typeof list)[number], // no list here is empty
    times: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
};
