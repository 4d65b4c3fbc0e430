import { patch, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext } from '../types.js';
import { type FetchCall, readFetchCall, withHeaders } from './fetch-arguments.js';
import { type Outcome, runNative, startRequest, type TracedRequest } from './http.js';

/** A client span for each `fetch`, with trace headers where the URL is allowed. */
export const traceFetch = (): Instrumentation => ({
  name: 'fetch',
  start: (context) =>
    patch(window, 'fetch', (native, self, args) => {
      if (!args.length) return Reflect.apply(native, self, args);
      let call: FetchCall;
      try {
        call = readFetchCall(args);
      } catch (error) {
        // The page's own getter or iterator threw; the browser would have rejected with that very error.
        return Reflect.apply(native, self, [poison(error)]);
      }
      const request = begin(context, call);
      const send = (): unknown => Reflect.apply(native, self, request?.args ?? call.args);
      const promise = runNative(send);
      return request ? follow(context, request.traced, call, promise) : promise;
    }),
});

const begin = (context: InstrumentationContext, call: FetchCall) => {
  const { attempt } = context.guard;
  const traced = attempt(() => startRequest(context, 'fetch', call.method, call.url));
  return traced && { traced, args: attempt(() => withHeaders(call, traced.headers)) ?? call.args };
};

/**
 * The page gets a promise that follows the browser's: watching that one from the side would mark it as handled and
 * swallow an `unhandledrejection`. A call that was aborted before it began gets the browser's own promise, as the
 * other would settle one microtask later.
 */
const follow = (
  { guard }: InstrumentationContext,
  request: TracedRequest,
  { signal }: FetchCall,
  promise: unknown,
): unknown => {
  const end = guard(request.end);
  // Not a promise: somebody's replacement of fetch.
  if (isAborted(signal) || !isPromise(promise)) {
    end({ type: 'aborted' });
    return promise;
  }
  return promise.then(
    (response: unknown) => {
      end({ type: 'response', status: readNative(Response.prototype, 'status', response) ?? 0 });
      return response;
    },
    (error: unknown) => {
      end(isAborted(signal) ? readAbort(signal) : readFailure(error));
      throw error;
    },
  );
};

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Promise<unknown> | undefined)?.then === 'function';

const isAborted = (signal: unknown): boolean => !!readNative(AbortSignal.prototype, 'aborted', signal);

const readAbort = (signal: unknown): Outcome => {
  const reason = readNative(AbortSignal.prototype, 'reason', signal);
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? { type: 'failed', errorType: 'timeout' }
    : { type: 'aborted' };
};

const readFailure = (error: unknown): Outcome =>
  error instanceof Error
    ? { type: 'failed', errorType: error.name, message: error.message }
    : { type: 'failed', errorType: '_OTHER' };

/** An argument that throws `error` when the browser turns it into a URL. */
const poison = (error: unknown) => ({
  [Symbol.toPrimitive]: () => {
    throw error;
  },
});
