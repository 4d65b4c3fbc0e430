import { attempt } from '../util/guard.js';

type Bag = Record<PropertyKey, unknown>;

/** The functions themselves: the page may replace them later. */
export const REFLECT = {
  apply: Reflect.apply,
  ownKeys: Reflect.ownKeys,
  getOwnPropertyDescriptor: Reflect.getOwnPropertyDescriptor,
};

/**
 * Stands for `given`: each property is read when the browser asks for it, once, so that the page's getters run as often
 * and in the same order as without us. `change` sees every value that is read. `added` holds properties that are there
 * besides; it is asked when the keys are listed. The page's object is never written to.
 */
export const lazyCopy = (
  given: object,
  added: (keys: readonly PropertyKey[]) => readonly string[],
  change: (key: PropertyKey, value: unknown) => unknown,
): object => {
  const { ownKeys, getOwnPropertyDescriptor } = REFLECT;
  const seen: Bag = Object.create(null);
  let extra: readonly PropertyKey[] = [];
  const isExtra = (key: PropertyKey) => attempt(() => extra.includes(key));
  return new Proxy(seen, {
    get: (_, key) => {
      if (!(key in seen)) {
        // A property of ours is not looked for on the page's object.
        const value = isExtra(key) ? undefined : (given as Bag)[key];
        seen[key] = attempt(() => change(key, value), value);
      }
      return seen[key];
    },
    ownKeys: () => {
      const keys = ownKeys(given);
      extra = attempt(() => added(keys), []);
      return [...keys, ...(extra as string[])];
    },
    getOwnPropertyDescriptor: (_, key) => {
      const own = isExtra(key) ? { enumerable: true } : getOwnPropertyDescriptor(given, key);
      // Its prototype is null, as the page may have put a getter on the usual one.
      return (
        own &&
        ({
          __proto__: null,
          enumerable: own.enumerable,
          configurable: true,
          writable: true,
        } as PropertyDescriptor)
      );
    },
  });
};

/**
 * Stands for a value that the browser will make a text of, and tells which. The browser does the conversion itself, so
 * that errors and the order of calls are its own.
 */
export const watchText = (value: unknown, onText: (text: string) => void): unknown => {
  const note = (result: unknown): unknown => {
    if (Object(result) !== result && typeof result !== 'symbol') attempt(() => onText(`${result}`));
    return result;
  };
  if (Object(value) !== value) return note(value);
  return new Proxy(Object.create(null), {
    get: (_, key) => {
      const member = (value as Bag)[key];
      return typeof member === 'function'
        ? (...args: unknown[]) => note(REFLECT.apply(member, value, args))
        : member;
    },
  });
};
