import { patch, readNative } from '../platform/patch.js';
import type { Guard, Instrumentation } from '../types.js';
import { type FetchCall, readFetchCall, withFields } from './fetch-call.js';
import { runNative, startRequest, type TracedRequest } from './http.js';

/** A client span for each `fetch`, with trace headers where the URL is allowed. */
export const traceFetch = (): Instrumentation => ({
  name: 'fetch',
  start: (context) =>
    patch(window, 'fetch', (native, self, args) => {
      const { attempt } = context.guard;
      const send = (ready: unknown[]) => Reflect.apply(native, self, ready);
      if (!args.length) return send(args);
      let call: FetchCall;
      try {
        call = readFetchCall(args);
      } catch (error) {
        // The page's own getter or iterator threw; the browser would have rejected with that very error.
        return send([{ [Symbol.toPrimitive]: () => rethrow(error) }]);
      }
      const request = attempt(() => startRequest(context, 'fetch', call.method, call.url));
      const ready = request?.fields.length
        ? attempt(() => withFields(call, request.fields), call.args)
        : call.args;
      const promise = runNative(() => send(ready));
      return request ? follow(request, call.signal, promise, context.guard) : promise;
    }),
});

const rethrow = (error: unknown): never => {
  throw error;
};

/**
 * The page gets a promise that follows the browser's: watching that one from the side would mark it as handled and
 * swallow an `unhandledrejection`. A call that was aborted before it began gets the browser's own promise, as the
 * other would settle one microtask later.
 */
const follow = (request: TracedRequest, signal: unknown, promise: unknown, guard: Guard): unknown => {
  const end = guard(request.end);
  if (isAborted(signal) || !isPromise(promise)) {
    end(undefined);
    return promise;
  }
  return promise.then(
    (response: unknown) => {
      end(readNative(Response.prototype, 'status', response) ?? 0);
      return response;
    },
    (error: unknown) => {
      const { name, message }: Partial<Error> = error instanceof Error ? error : {};
      if (!isAborted(signal)) end(name ?? '_OTHER', message);
      // AbortSignal.timeout() is an error, the application's own abort is none.
      else if (name === 'TimeoutError') end('timeout');
      else end(undefined);
      return rethrow(error);
    },
  );
};

const isAborted = (signal: unknown): boolean => !!readNative(AbortSignal.prototype, 'aborted', signal);

// Anything else comes from somebody's replacement of fetch.
const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Promise<unknown> | undefined)?.then === 'function';
