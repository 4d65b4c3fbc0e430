import type { Attributes } from '../types.js';

/**
 * The value of a property, own or inherited, without running a getter: the page would notice. V8 keeps `stack` in an
 * accessor of its own, which is native and silent.
 */
const peek = (object: unknown, key: string): unknown => {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const descriptor = Object.getOwnPropertyDescriptor(at, key);
    if (descriptor) return descriptor.get && key === 'stack' ? nativeStack(object) : descriptor.value;
  }
  return undefined;
};

const nativeStack = (error: unknown): unknown => {
  const accessor = Object.getOwnPropertyDescriptor(error, 'stack') ?? {};
  const ours = Object.getOwnPropertyDescriptor(new Error(), 'stack') ?? {};
  return accessor.get && accessor.get === ours.get ? accessor.get.call(error) : undefined;
};

/** The attributes of an `exception` event (semantic conventions, exceptions) for whatever was thrown. */
export const describeError = (error: unknown): Attributes => {
  try {
    if (typeof error !== 'object' || !error) return { 'exception.message': String(error) };
    const type = peek(error, 'name');
    const message = peek(error, 'message');
    const stack = peek(error, 'stack');
    return {
      'exception.type': type ? `${type}` : 'Object',
      'exception.message': message === undefined ? '' : `${message}`,
      'exception.stacktrace': stack ? `${stack}` : undefined,
    };
  } catch {
    // A Proxy that throws, or a name that cannot be a string.
    return { 'exception.type': 'unknown' };
  }
};
