import type { Stop } from '../types.js';

/** Called instead of a method of the page. It must call `native` exactly once, with the page's own `this`. */
export type Replacement = (native: (...args: unknown[]) => unknown, self: never, args: unknown[]) => unknown;

/**
 * Replaces one method. A Proxy keeps name, length, own keys, brand checks and "not a constructor" those of the
 * original. The undo puts the original back, or lets calls pass silently where someone has wrapped over us since.
 * A method that is missing, frozen or an accessor is left alone.
 */
// biome-ignore lint/suspicious/noExplicitAny: host objects have no common type; this is the one loose place
export const patch = (target: any, name: string, replacement: Replacement): Stop => {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  if (!descriptor?.writable || typeof descriptor.value !== 'function') return () => {};
  let current: Replacement = replacement;
  const value = new Proxy(descriptor.value, {
    apply: (native, self, args) => current(native, self as never, args), // `self` is whatever the page says
  });
  // Reflect, as it answers false where the object is frozen or sealed.
  Reflect.defineProperty(target, name, { ...descriptor, value });
  return () => {
    current = (native, self, args) => Reflect.apply(native, self, args);
    if (target[name] === value) Reflect.defineProperty(target, name, descriptor);
  };
};

/** Puts a hidden value on a host object, such as the mark of the running agent; the undo removes it. */
export const mark = (target: object, name: PropertyKey, value: unknown): Stop => {
  Reflect.defineProperty(target, name, { value, configurable: true });
  return () => {
    Reflect.deleteProperty(target, name);
  };
};

/**
 * Reads a built-in property by its own getter, whatever the page has put on the object; undefined if the object is of
 * another kind. Works for objects of other frames, where `instanceof` does not.
 */
export const readNative = <T extends object, K extends keyof T & string>(
  prototype: T,
  key: K,
  object: unknown,
): T[K] | undefined => {
  try {
    return Object.getOwnPropertyDescriptor(prototype, key)?.get?.call(object);
  } catch {
    // The getter's brand check failed.
    return undefined;
  }
};
