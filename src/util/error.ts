import type { Attributes } from '../types.js';

/**
 * A property, own or inherited, without running a getter of the page's: it would notice. The engine's own getters,
 * behind which V8 and SpiderMonkey keep `stack`, are silent.
 */
const peek = (object: object, key: string): unknown => {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const { get, value } = Object.getOwnPropertyDescriptor(at, key) ?? {};
    if (get) return /\[native code/.test(`${get}`) ? get.call(object) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
};

/** The attributes of an `exception` event (semantic conventions, exceptions) for whatever was thrown. */
export const describeError = (error: unknown): Attributes => {
  try {
    if (typeof error !== 'object' || !error) return { 'exception.message': String(error) };
    return {
      'exception.type': `${peek(error, 'name') || 'Object'}`,
      'exception.message': `${peek(error, 'message') ?? ''}`,
      'exception.stacktrace': peek(error, 'stack') as string, // anything else becomes text
    };
  } catch {
    // A Proxy that throws, or a name that cannot be a text.
    return { 'exception.type': '_OTHER' };
  }
};
