import { lazyCopy, watchText } from '../platform/lazy-copy.js';

export type Field = readonly [name: string, value: string];

/**
 * The `headers` of a `fetch` with our fields at the end, unless the page has set one of that name itself. A list stays
 * a list and a record a record, so that names keep their case and order on the wire; what is neither, the browser must
 * see and refuse.
 */
export const addFields = (headers: unknown, ours: readonly Field[]): unknown => {
  if (headers === undefined) return ours;
  if (Object(headers) !== headers) return headers;
  const given = headers as object;
  const missing = new Map(ours);
  const note = (name: unknown) => void missing.delete(String(name).toLowerCase());
  return lazyCopy(
    given,
    // A record; its names are its keys.
    (keys) => {
      keys.forEach(note);
      return [...missing.keys()];
    },
    (key, value) => {
      const ownValue = missing.get(key as string) ?? value;
      // A list; only the browser's own reading tells which names it holds.
      return key === Symbol.iterator && typeof ownValue === 'function'
        ? () => iterate(Reflect.apply(ownValue, given, []), missing, note)
        : ownValue;
    },
  );
};

/** The page's iterator, and ours behind it. */
const iterate = (iterator: unknown, missing: Map<string, string>, note: (name: string) => void): unknown => {
  // What is no iterator, or no result of one, the browser must see and refuse.
  if (Object(iterator) !== iterator) return iterator;
  const { next } = iterator as Iterator<unknown>;
  let ours: Field[] | undefined;
  return {
    next: () => {
      if (!ours) {
        const step = Reflect.apply(next, iterator, []);
        if (Object(step) !== step) return step;
        if (!step.done) return { done: false, value: watchPair(step.value, note) };
        ours = [...missing];
      }
      const value = ours.shift();
      return { done: !value, value };
    },
  };
};

const watchPair = (pair: unknown, note: (name: string) => void): unknown =>
  Array.isArray(pair) && pair.length === 2 ? [watchText(pair[0], note), pair[1]] : pair;
