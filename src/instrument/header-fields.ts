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
  // Only the browser's own reading tells which names a list holds; a record has its keys.
  const note = (name: string) => missing.delete(name.toLowerCase());
  const isRecord = !(Symbol.iterator in given);
  if (isRecord) Object.keys(given).forEach(note);
  return lazyCopy(given, isRecord ? [...missing.keys()] : [], (key, value) => {
    if (key === Symbol.iterator && typeof value === 'function')
      return () => iterate(value, given, missing, note);
    return missing.get(key as string) ?? value;
  });
};

/** The page's iterator, and ours behind it. */
const iterate = (
  method: CallableFunction,
  given: object,
  missing: Map<string, string>,
  note: (name: string) => void,
): Iterator<unknown> => {
  const iterator: Iterator<unknown> = Reflect.apply(method, given, []);
  const { next } = iterator;
  let ours: Field[] | undefined;
  return {
    next: () => {
      if (!ours) {
        const step = Reflect.apply(next, iterator, []);
        // What is no result at all, the browser must see.
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
