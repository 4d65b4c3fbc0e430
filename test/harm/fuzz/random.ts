/** Draws that are the same for the same seed. */
export interface Random {
  /** An integer from 0 on, below `limit`. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** So many calls of `make`. */
  times<T>(least: number, most: number, make: () => T): T[];
}

/** The generator mulberry32: 32 bits of state, spread by two multiplications. */
export const createRandom = (seed: number): Random => {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)] as (typeof list)[number], // no list here is empty
    times: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
  };
};
