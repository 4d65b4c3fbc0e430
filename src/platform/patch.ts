import type { Stop } from '../types.js';

/** Called instead of a method of the page. It must call `native` exactly once, with the page's own `this`. */
export type Replacement = (
  native: (...args: unknown[]) => unknown,
  self: unknown,
  args: unknown[],
) => unknown;

/**
 * Replaces one method. A Proxy keeps name, length, own keys, brand checks and "not a constructor" those of the
 * original. The undo puts the original back, or lets calls pass silently where someone has wrapped over us since.
 * A method that is missing, frozen or an accessor is left alone.
 */
// biome-ignore lint/suspicious/noExplicitAny: host objects have no common type; this is the one loose place
export const patch = (target: any, name: string, replacement: Replacement): Stop => {
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  if (typeof descriptor?.value !== 'function' || !descriptor.writable) return () => {};
  let active = true;
  const wrapper = new Proxy(descriptor.value, {
    apply: (native, self, args) =>
      active ? replacement(native, self, args) : Reflect.apply(native, self, args),
  });
  // Reflect, as it answers false where the object is frozen or sealed.
  const set = (value: unknown) => Reflect.defineProperty(target, name, { ...descriptor, value });
  set(wrapper);
  return () => {
    active = false;
    if (target[name] === wrapper) set(descriptor.value);
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
 * another kind. Works for objects of other frames, where `instanceof` does not, and for subclasses of the built-in.
 */
export const readNative = <T extends object, K extends keyof T & string>(
  prototype: T,
  key: K,
  object: unknown,
): T[K] | undefined => {
  try {
    let owner: object = prototype;
    while (!Object.getOwnPropertyDescriptor(owner, key)) owner = Object.getPrototypeOf(owner);
    return Object.getOwnPropertyDescriptor(owner, key)?.get?.call(object);
  } catch {
    // The getter's brand check failed, or there is no such getter.
    return undefined;
  }
};
