import { lazyCopy, REFLECT, watchText } from '../platform/lazy-copy.js';
import { attempt } from '../util/guard.js';
import type { Field, Fields } from './http.js';

/**
 * The `headers` of a `fetch` with our fields at the end, unless the page has set one of that name itself. A list stays
 * a list and a record a record, so that names keep their case and order on the wire; what is neither, the browser must
 * see and refuse.
 */
export const addFields = (headers: unknown, ours: Fields): unknown => {
  const found: string[] = [];
  const missing = () => ours((name) => found.includes(name));
  if (headers === undefined) return missing();
  if (Object(headers) !== headers) return headers;
  const given = headers as object;
  const note = (name: unknown) => found.push(String(name).toLowerCase());
  return lazyCopy(
    given,
    // A record; its names are its keys.
    (keys) => {
      for (const key of keys) note(key);
      return missing().map(([name]) => name);
    },
    (key, value) => {
      const ownValue = missing().find(([name]) => name === key)?.[1] ?? value;
      // A list; only the browser's own reading tells which names it holds.
      return key === Symbol.iterator && typeof ownValue === 'function'
        ? () => iterate(REFLECT.apply(ownValue, given, []), missing, note)
        : ownValue;
    },
  );
};

/** The page's iterator, and ours behind it. */
const iterate = (iterator: unknown, missing: () => Field[], note: (name: string) => void): unknown => {
  // What is no iterator, or no result of one, the browser must see and refuse.
  if (Object(iterator) !== iterator) return iterator;
  const { next } = iterator as Iterator<unknown>;
  let ours: Field[] | undefined;
  return {
    next: () => {
      if (!ours) {
        const step = REFLECT.apply(next, iterator, []);
        if (Object(step) !== step) return step;
        if (!step.done) return { done: false, value: attempt(() => watchPair(step.value, note), step.value) };
        ours = missing();
      }
      const value = ours.shift();
      return { done: !value, value };
    },
  };
};

const watchPair = (pair: unknown, note: (name: string) => void): unknown =>
  Array.isArray(pair) && pair.length === 2 ? [watchText(pair[0], note), pair[1]] : pair;
