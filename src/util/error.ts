import type { Attributes } from '../types.js';
import { attempt } from './guard.js';

/**
 * A property, own or inherited, without running a getter of the page's: it would notice. The engine's own getters,
 * behind which V8 and SpiderMonkey keep `stack`, are silent.
 */
const peek = (object: object, key: string): unknown => {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const { get, value } = Object.getOwnPropertyDescriptor(at, key) ?? {};
    if (value !== undefined) return value;
    if (get) return /\[native code/.test(`${get}`) ? get.call(object) : '';
  }
  return '';
};

/** The attributes of an `exception` event (semantic conventions, exceptions) for whatever was thrown. */
export const describeError = (error: unknown): Attributes => {
  // A Proxy may throw, and a value may refuse to be a text.
  const read = (key: string): string => attempt(() => `${peek(error as object, key)}`, '');
  return Object(error) === error
    ? {
        'exception.type': read('name') || 'Object',
        'exception.message': read('message'),
        'exception.stacktrace': read('stack') || undefined,
      }
    : { 'exception.message': String(error) };
};
