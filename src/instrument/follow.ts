import { unzoned } from '../platform/native.js';
import { addOwn, readNative } from '../platform/patch.js';
import type { Outcome } from './http.js';

export type End = (outcome: () => Outcome, message?: string, isReading?: () => unknown) => void;

/**
 * The page gets a promise that follows the browser's: watching that one from the side would mark it as handled and
 * swallow an `unhandledrejection`. A call that was aborted before it began gets the browser's own promise, as the
 * other would settle one microtask later. `responses` is the prototype of all, taken before the page could remove it.
 */
export const follow = (
  end: End,
  resume: (response?: unknown) => void,
  signal: unknown,
  promise: unknown,
  repeat: (message: string) => unknown,
  responses: Response,
): unknown => {
  if (isAborted(signal) || !isPromise(promise)) {
    end(() => undefined);
    return promise;
  }
  const onValue = (response: unknown) => {
    const read = (key: 'bodyUsed' | 'status' | 'type') => readNative(responses, key, response);
    end(
      () => (read('status') as number) ?? 0, // what this key holds
      '',
      // One that a script has made came over no network.
      () => read('type') !== 'default' && read('bodyUsed'),
    );
    resume(response);
    return response;
  };
  const onError = (error: unknown) => {
    const { name, message } = describe(error);
    // AbortSignal.timeout() is an error, the application's own abort is none.
    const abort = name === 'TimeoutError' ? 'timeout' : undefined;
    end(() => (isAborted(signal) ? abort : name), message);
    resume();
    throw error;
  };
  const settled = react(promise, onValue, (error: unknown) => {
    const again = !isAborted(signal) && repeat(describe(error).message);
    // The page gets the error of its own call, whose stack it knows.
    const failed = (other: unknown) => onError(isAborted(signal) ? other : error);
    return isPromise(again) ? react(again, onValue, failed) : onError(error);
  });
  // What a wrapper has put on its promise, such as `cancel`; zone.js has its own there.
  addOwn(settled, promise);
  return settled;
};

const describe = (error: unknown): { name: string; message: string } =>
  error instanceof Error ? error : { name: '_OTHER', message: '' };

const isAborted = (signal: unknown): boolean => !!readNative(AbortSignal.prototype, 'aborted', signal);

// Anything else comes from somebody's replacement of fetch.
const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Promise<unknown> | undefined)?.then === 'function';

/** A promise of the same value or error, `onSettled` being called just before the page hears of it. */
export const chain = (promise: unknown, onSettled: () => void): unknown =>
  isPromise(promise)
    ? react(
        promise,
        (value) => {
          onSettled();
          return value;
        },
        (error) => {
          onSettled();
          throw error;
        },
      )
    : promise;

/** The browser's own `then`, whose promise is of the browser's class as the first is, also where zone.js has another. */
const react = (
  promise: Promise<unknown>,
  onValue: (value: unknown) => unknown,
  onError: (error: unknown) => unknown,
): Promise<unknown> => Reflect.apply(unzoned(promise, 'then'), promise, [onValue, onError]);
