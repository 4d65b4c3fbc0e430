import { lazyCopy, REFLECT, watchText } from '../platform/lazy-copy.js';
import { attempt } from '../util/guard.js';
import type { Field, Fields } from './http.js';

/**
 * The `headers` of a `fetch` with our fields at the end, unless the page has set one of that name itself. A list stays
 * a list and a record a record, so that names keep their case and order on the wire; what is neither, the browser must
 * see and refuse. What the page has set is put into `theirs` as it is read.
 */
export const addFields = (headers: unknown, ours: Fields, theirs: unknown[]): unknown => {
  const found: string[] = [];
  const missing = () => ours((name) => found.includes(name));
  if (headers === undefined) return missing();
  if (Object(headers) !== headers) return headers;
  const given = headers as object;
  const note = (name: unknown) => found.push(String(name).toLowerCase());
  // A pair may be of any kind that can be iterated: what it holds, only the browser's own reading tells.
  const watchPair = (pair: unknown): unknown => {
    if (Object(pair) !== pair) return pair;
    const read: unknown[] = [];
    theirs.push(read);
    const watchItem = (item: unknown) => (read.push(item) > 1 ? item : watchText(item, note));
    return lazyCopy(
      pair as object,
      () => [],
      (key, value) => watchIterator(key, value, pair, () => [], watchItem),
    );
  };
  return lazyCopy(
    given,
    // A record; its names are its keys.
    (keys) => {
      for (const key of keys) note(key);
      return missing().map(([name]) => name);
    },
    (key, value) => {
      const [, ownValue] = missing().find(([name]) => name === key) ?? [];
      if (ownValue !== undefined) return ownValue;
      // A list; only the browser's own reading tells which names it holds.
      if (typeof key === 'string') theirs.push([key, value]);
      return watchIterator(key, value, given, missing, watchPair);
    },
  );
};

/** The value of `given[key]`; where it is what makes iterators, one that makes them of the page's, and ours behind it. */
const watchIterator = (
  key: PropertyKey,
  value: unknown,
  given: unknown,
  missing: () => Field[],
  watchItem: (item: unknown) => unknown,
): unknown =>
  key === Symbol.iterator && typeof value === 'function'
    ? () => iterate(REFLECT.apply(value, given, []), missing, watchItem)
    : value;

const iterate = (
  iterator: unknown,
  missing: () => Field[],
  watchItem: (item: unknown) => unknown,
): unknown => {
  // What is no iterator, or no result of one, the browser must see and refuse.
  if (Object(iterator) !== iterator) return iterator;
  const { next } = iterator as Iterator<unknown>;
  let ours: Field[] | undefined;
  return {
    next: () => {
      if (!ours) {
        const step = REFLECT.apply(next, iterator, []);
        if (Object(step) !== step) return step;
        if (!step.done) return { done: false, value: attempt(() => watchItem(step.value), step.value) };
        ours = missing();
      }
      const value = ours.shift();
      return { done: !value, value };
    },
  };
};

/**
 * A copy of the options of a `fetch`, with our fields in headers of the same kind, unless the page has set them itself.
 * What is no plain object goes down as it is: its getters may know no copy.
 */
export const copyWithFields = (init: unknown, ours: Fields): unknown =>
  attempt(() => {
    const bag = Object(init);
    // Nothing of ours goes along then.
    if (![null, Object.prototype].includes(Object.getPrototypeOf(bag))) return ours(() => true) && init;
    const { headers } = bag as { headers?: Iterable<Iterable<string>> };
    // Of any frame.
    const isHeaders = Object.prototype.toString.call(headers) === '[object Headers]';
    const theirs =
      isHeaders || !headers?.[Symbol.iterator]
        ? headers
        : Array.from(headers, (pair) => (Object(pair) === pair ? [...pair] : pair)); // read once, as the browser does
    const Class = isHeaders ? (theirs as Headers).constructor : Headers;
    const copy: Headers = Reflect.construct(Class, [theirs]);
    const missing = ours((name) => copy.has(name));
    for (const [name, value] of missing) copy.set(name, value);
    const fields = Array.isArray(theirs)
      ? [...theirs, ...missing]
      : { ...theirs, ...Object.fromEntries(missing) };
    return { ...bag, headers: isHeaders ? copy : fields };
    // Headers that the browser will refuse, or an object that refuses ours.
  }, init);
