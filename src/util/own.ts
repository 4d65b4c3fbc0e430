import { attempt } from './guard.js';

/**
 * A copy that has what the object has of its own, and nothing from `Object.prototype`: another script may have written
 * there.
 */
export const own = <T extends object>(object: T | undefined): T => Object.assign(Object.create(null), object);

/** What the document has of its class: an element of that name stands before it. */
// biome-ignore lint/suspicious/noExplicitAny: of as many types as there are names; callers know the one
export const ofDocument = (name: keyof Document | 'prerendering'): any =>
  // there is none on a server
  attempt(() => Reflect.get(globalThis.Document?.prototype ?? document, name, document));
