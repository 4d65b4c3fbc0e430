import type { Stop } from '../types.js';
import { attempt } from '../util/guard.js';
import { REFLECT } from './lazy-copy.js';

/**
 * Runs instead of a method or a constructor of the page. It calls `call` once, with the arguments as they were or
 * others, and returns what the page shall get. `self` is `this`, for a constructor `new.target`.
 */
export type Replacement = (call: (args?: unknown[]) => unknown, self: never, args: unknown[]) => unknown;

/**
 * Replaces one method or constructor. A Proxy keeps name, length, own keys, brand checks, subclasses and "not a
 * constructor" those of the original. A fault of ours before the call, or after it, costs the page nothing; what the
 * original throws passes through. The undo puts the original back, or lets calls pass silently where someone has wrapped
 * over us since. A method that is missing, frozen or an accessor is left alone.
 */
// biome-ignore lint/suspicious/noExplicitAny: host objects have no common type; this is the one loose place
export const patch = (target: any, name: string, replacement: Replacement): Stop => {
  const { apply, construct, defineProperty } = Reflect;
  const descriptor = target && Object.getOwnPropertyDescriptor(target, name);
  const native = descriptor?.value;
  if (!descriptor?.writable || typeof native !== 'function') return () => {};
  let isActive = true;
  // The trap itself, and not one more function that would push a frame of the page off its own stack traces.
  // biome-ignore lint/suspicious/noExplicitAny: `this` and arguments, or for `new` arguments and `new.target`
  const trap = (isNew?: boolean) => (_: unknown, first: any, second: any) => {
    const self = isNew ? second : first;
    const args = isNew ? first : second;
    // The call of the original: 0 to come, 1 under way, 2 done.
    let progress = 0;
    let result: unknown;
    const call = (ready = args): unknown => {
      progress = 1;
      result = isNew ? construct(native, ready, self) : apply(native, self, ready);
      progress = 2;
      return result;
    };
    try {
      return isActive ? replacement(call, self as never, args) : call(); // `self` is whatever the page says
    } catch (error) {
      if (progress === 1) throw error;
      return progress === 2 ? result : call();
    }
  };
  const value = new Proxy(native, { apply: trap(), construct: trap(true) as () => object }); // an instance
  // Instances find their class in `prototype.constructor`: the one that the page knows. The other attributes stay as they
  // are. Without prototype, as the page may have put a getter there. Reflect answers false where the object is frozen.
  const put = (before: unknown, after: unknown): void => {
    for (const [owner, key] of [
      [target, name],
      [native.prototype, 'constructor'],
    ])
      if (owner?.[key] === before)
        defineProperty(owner, key, { __proto__: null, value: after } as PropertyDescriptor);
  };
  put(native, value);
  return () => {
    isActive = false;
    put(value, native);
  };
};

/** True unless it is somebody's own function, which shows its text; one that is bound, or a Proxy, lacks the name there. */
export const isNative = (target: object, name: string): boolean => {
  const fn = Object.getOwnPropertyDescriptor(target, name)?.value;
  const text = attempt(() => Function.prototype.toString.call(fn), '');
  return !fn?.prototype && text.startsWith(`function ${name}() {`) && text.includes('[native code]');
};

/** The same for a getter that is there: `call` gives what it gives. */
export const patchGetter = (target: object, name: string, replacement: Replacement): Stop => {
  const read = () => Object.getOwnPropertyDescriptor(target, name);
  const descriptor = { __proto__: null, ...read() } as PropertyDescriptor;
  const stop = patch(descriptor, 'get', replacement);
  const { get } = descriptor;
  const put = () => Reflect.defineProperty(target, name, descriptor);
  put();
  return () => {
    stop();
    if (read()?.get === get) put();
  };
};

/** Gives an object the own properties of another, but for those that it has itself. */
export const addOwn = (target: object, source: object): void => {
  for (const key of Reflect.ownKeys(source)) {
    const own = Reflect.getOwnPropertyDescriptor(source, key);
    if (own && !Reflect.getOwnPropertyDescriptor(target, key)) Reflect.defineProperty(target, key, own);
  }
};

/** Puts a value on a host object that no listing shows, such as the mark of the running agent; the undo removes it. */
export const mark = (target: object, name: PropertyKey, value: unknown): Stop => {
  Reflect.defineProperty(target, name, {
    __proto__: null,
    value,
    configurable: true,
    writable: true,
  } as PropertyDescriptor);
  return () => Reflect.deleteProperty(target, name);
};

/** The prototype that has `key` itself: the browser's, where a class that the page has put in its place extends that. */
export const ownerOf = <T extends object>(prototype: T, key: keyof T): T =>
  // null at the end, which has nothing to be patched or read
  prototype && !Reflect.getOwnPropertyDescriptor(prototype, key)
    ? ownerOf(Reflect.getPrototypeOf(prototype) as T, key)
    : prototype;

/**
 * Reads a built-in property by its own getter, whatever the page has put on the object; undefined if the object is of
 * another kind. Works for objects of other frames, where `instanceof` does not.
 */
export const readNative = <T extends object, K extends keyof T & string>(
  prototype: T,
  key: K,
  object: unknown,
): T[K] | undefined =>
  // The getter's brand check may fail.
  attempt(() =>
    REFLECT.apply(REFLECT.getOwnPropertyDescriptor(prototype, key)?.get as () => T[K], object, []),
  );
