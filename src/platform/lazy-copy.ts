type Bag = Record<PropertyKey, unknown>;

/**
 * Stands for `given`: each property is read when the browser asks for it, once, so that the page's getters run as often
 * and in the same order as without us. `change` sees every value that is read; `added` names properties that are there
 * in any case. The page's object is never written to.
 */
export const lazyCopy = (
  given: object,
  added: readonly PropertyKey[],
  change: (key: PropertyKey, value: unknown) => unknown,
): object => {
  const seen: Bag = Object.create(null);
  return new Proxy(seen, {
    get: (_, key) => {
      if (!(key in seen)) seen[key] = change(key, (given as Bag)[key]);
      return seen[key];
    },
    // Wrappers of the page below us may list and spread it; the browser does not.
    has: (_, key) => key in given || added.includes(key),
    ownKeys: () => [...new Set([...Reflect.ownKeys(given), ...(added as string[])])],
    getOwnPropertyDescriptor: (_, key) => {
      const { enumerable = added.includes(key) } = Reflect.getOwnPropertyDescriptor(given, key) ?? {};
      return { enumerable, configurable: true, writable: true };
    },
  });
};

/**
 * Stands for a value that the browser will make a text of, and tells which. The browser does the conversion itself, so
 * that errors and the order of calls are its own.
 */
export const watchText = (value: unknown, onText: (text: string) => void): unknown => {
  const note = (result: unknown): unknown => {
    if (Object(result) !== result && typeof result !== 'symbol') onText(`${result}`);
    return result;
  };
  if (Object(value) !== value) return note(value);
  return new Proxy(Object.create(null), {
    get: (_, key) => {
      const member = (value as Bag)[key];
      return typeof member === 'function'
        ? (...args: unknown[]) => note(Reflect.apply(member, value, args))
        : member;
    },
  });
};
