import { writeBaggage } from '../../../src/propagate/baggage.js';
import type { Propagator } from '../../../src/types.js';
import { createRandom as createNumbers, hexOf } from '../../unit/support/random.js';

export type Headers = Record<string, string>;

/** The same numbers in each run, so that a difference can be looked at again. */
const createRandom = (seed: number) => {
  const next = createNumbers(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T; // within the list
  return { next, below, pick, hex: hexOf(next) };
};

type Random = ReturnType<typeof createRandom>;

/** Faults that senders and networks make; each takes a value and gives a broken one, or one that is odd but right. */
const FAULTS: ((value: string, random: Random) => string)[] = [
  (value) => value.slice(0, -1),
  (value) => `${value}0`,
  (value, { below }) => {
    const at = below(value.length);
    return `${value.slice(0, at)}g${value.slice(at + 1)}`;
  },
  (value) => value.replace(/[1-9a-f]/g, '0'),
  (value) => value.replaceAll('-', '_'),
  () => '',
  (value) => value.replace(/^[^-;:=]+/, ''),
  (value) => `${value}-extra`,
];

/** Headers that our propagator writes for random contexts, a share of `faults` of them broken. */
export const makeHeaders = (
  format: string,
  { inject }: Propagator,
  count: number,
  faults: number,
): Headers[] => {
  const random = createRandom(format.length + count);
  return Array.from({ length: count }, () => {
    const headers: Headers = {};
    const context = { traceId: random.hex(32), spanId: random.hex(16), traceFlags: random.below(2) };
    inject(context, (name, value) => {
      headers[name] = value;
    });
    if (random.next() < faults) {
      const name = random.pick(Object.keys(headers));
      headers[name] = random.pick(FAULTS)(headers[name] ?? '', random);
    }
    return headers;
  });
};

const LETTERS = ['a', 'Z', '0', ' ', ',', ';', '=', '"', '\\', '%', 'ä', '€', '😀', '/', '-'];

/** `baggage` headers with values of all sorts. */
export const makeBaggage = (count: number): string[] => {
  const random = createRandom(count);
  return Array.from({ length: count }, () =>
    writeBaggage(
      Array.from({ length: 1 + random.below(8) }, (_, index) => ({
        key: `key-${index}`,
        value: Array.from({ length: random.below(12) }, () => random.pick(LETTERS)).join(''),
      })),
    ),
  );
};
