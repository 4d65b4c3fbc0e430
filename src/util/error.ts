import type { Attributes } from '../types.js';
import { attempt } from './guard.js';
import { redactText } from './redact.js';

/** A little more than an attribute holds, which then tells that it was cut. */
const MAX_LENGTH = 5000;

/**
 * A property, own or inherited, without running a getter of the page's: it would notice. The engine's own getters,
 * behind which V8 and SpiderMonkey keep `stack`, are silent.
 */
const peek = (object: unknown, key: string): unknown => {
  for (let at = object; at; at = Object.getPrototypeOf(at)) {
    const { get, value } = Object.getOwnPropertyDescriptor(at, key) ?? {};
    if (value != null) return value;
    if (get) return /\[native code/.test(`${get}`) ? get.call(object) : '';
  }
  return '';
};

/** Bounded; nothing for an object, whose conversion the page would notice. */
const textOf = (value: unknown): string =>
  Object(value) === value ? '' : redactText(String(value).slice(0, MAX_LENGTH));

const read = (object: unknown, key: string): string => textOf(peek(object, key));

/** The stack, and below it those of the cause and of the first errors of an AggregateError, with theirs. */
const stackOf = (error: unknown, depth = 4): string => {
  const stack = read(error, 'stack');
  const message = textOf(error) || read(error, 'message');
  const errors = peek(error, 'errors');
  // V8 alone begins a stack with the message.
  let text = stack.includes(message) ? stack : `${message}\n${stack}`;
  for (const cause of [peek(error, 'cause'), peek(errors, '0'), peek(errors, '1')]) {
    if (cause && depth) text += `\nCaused by: ${stackOf(cause, depth - 1)}`;
  }
  return text;
};

/** The attributes of an `exception` event (semantic conventions, exceptions) for whatever was thrown. */
export const describeError = (error: unknown): Attributes => {
  const message = { 'exception.message': textOf(error) };
  if (Object(error) !== error) return message;
  // A Proxy may throw.
  return attempt<Attributes, Attributes>(
    () => ({
      'exception.type': read(error, 'name') || read(peek(error, 'constructor'), 'name') || 'Object',
      // The values of another object may be private.
      'exception.message': read(error, 'message') || `${Object.keys(error as object)}`,
      'exception.stacktrace': stackOf(error) || undefined,
    }),
    message,
  );
};
