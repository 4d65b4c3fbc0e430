/** A source of numbers from 0 to 1 that is the same in every run (mulberry32). */
export const createRandom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Lower-case hex digits from such a source. */
export const hexOf =
  (random: () => number) =>
  (digits: number): string =>
    Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');

/** The same, as the agent's `id` gives them. */
export const createRandomHex = (seed: number) => hexOf(createRandom(seed));
