import { lazyCopy, watchText } from '../platform/lazy-copy.js';
import { unzoned } from '../platform/native.js';
import { patch, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext, Span } from '../types.js';
import { stopAll } from '../util/stop.js';
import { addFields } from './header-fields.js';
import { type Fields, isNested, type Outcome, runNative, startRequest, type TracedRequest } from './http.js';
import { watchTiming } from './timing.js';

/** What becomes known of a call as the browser reads its arguments. */
interface Call {
  url?: string;
  method: unknown;
  signal: unknown;
  request: TracedRequest | undefined;
}

type End = (outcome: () => Outcome, message?: string, isReading?: () => unknown) => void;

/** Ways to read a body: the page goes on in a later task, when one is done. */
const READERS = 'arrayBuffer blob bytes formData json text';

/**
 * A client span for each `fetch`, with trace headers where the URL is allowed. The span that was active at the call is
 * active again where the page goes on with the response, or with its body.
 */
export const traceFetch = (): Instrumentation => ({
  name: 'fetch',
  start: (context) => {
    const { tracer, guard } = context;
    const callers = new WeakMap<object, Span>();
    const resume = guard((caller: Span | undefined, response?: unknown) => {
      if (caller && response) callers.set(response as object, caller);
      tracer.resume?.(caller);
    });
    return stopAll([
      watchTiming(context),
      patch(window, 'fetch', (send, _, args) => {
        if (isNested() || !args.length) return send();
        const caller = tracer.active();
        const call: Call = { method: 'GET', signal: undefined, request: undefined };
        const ready = prepare(context, call, args);
        const promise = runNative(() => send(ready));
        // Nobody has asked for the headers: a replacement of fetch below us.
        const request = call.request ?? begin(context, call);
        if (!request) return promise;
        request.setMethod(call.method);
        const end: End = guard((outcome, ...more) => request.end(outcome(), ...more));
        return follow(end, (response) => resume(caller, response), call.signal, promise);
      }),
      ...READERS.split(' ').map((name) =>
        patch(Response.prototype, name, (read, self) => {
          const caller = callers.get(self);
          return caller ? chain(read(), () => resume(caller)) : read();
        }),
      ),
    ]);
  },
});

const hasAny = (fields: Fields): boolean => fields(() => false).length > 0;

/** A promise of the same value or error, `onSettled` being called just before the page hears of it. */
const chain = (promise: unknown, onSettled: () => void): unknown =>
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

const begin = (context: InstrumentationContext, call: Call): TracedRequest | undefined => {
  if (call.url !== undefined) call.request = context.guard(startRequest)(context, 'fetch', call.url);
  return call.request;
};

/**
 * The arguments for the browser. It reads them itself, in its own order: the URL, then the options by name. By the time
 * it asks for the headers the URL is known, and with it whether there are any of ours.
 */
const prepare = (
  context: InstrumentationContext,
  call: Call,
  [input, init, ...rest]: unknown[],
): unknown[] => {
  const read = (withHeaders: boolean) => (key: PropertyKey, value: unknown) => {
    if (key === 'method' || key === 'signal') call[key] = value ?? call[key];
    if (key !== 'headers' || !withHeaders) return value;
    const fields = begin(context, call)?.fields;
    return fields && hasAny(fields) ? (context.guard(addFields)(value, fields) ?? value) : value;
  };
  const addHeaders = (keys: readonly PropertyKey[]) => (keys.includes('headers') ? [] : ['headers']);
  const isBag = init == null || Object(init) === init;
  const bag = (init as object | undefined) ?? Object.create(null); // an object or nothing, as just seen
  // The browser's own getter knows a Request of any frame.
  const url = readNative(Request.prototype, 'url', input);
  if (url === undefined) {
    const address = watchText(input, (text) => {
      call.url = text;
    });
    // Somebody's own Request goes down as it is.
    return [
      input instanceof Request ? input : address,
      isBag ? lazyCopy(bag, addHeaders, read(true)) : init,
      ...rest,
    ];
  }
  call.url = url;
  call.method = readNative(Request.prototype, 'method', input);
  call.signal = readNative(Request.prototype, 'signal', input);
  const fields = begin(context, call)?.fields;
  const options = isBag && init ? lazyCopy(bag, () => [], read(false)) : init;
  // This is what fetch does with it, so that everything is kept, and the page's object is as it would be.
  const copy =
    fields && hasAny(fields)
      ? context.guard(() => new Request(input as Request, options as RequestInit))()
      : undefined;
  context.guard(() => {
    const headers = copy?.headers;
    for (const field of (headers && fields?.((name) => headers.has(name))) ?? []) headers?.set(...field);
  })();
  return copy ? [copy] : [input, options, ...rest];
};

/**
 * The page gets a promise that follows the browser's: watching that one from the side would mark it as handled and
 * swallow an `unhandledrejection`. A call that was aborted before it began gets the browser's own promise, as the
 * other would settle one microtask later.
 */
const follow = (
  end: End,
  resume: (response?: unknown) => void,
  signal: unknown,
  promise: unknown,
): unknown => {
  if (isAborted(signal) || !isPromise(promise)) {
    end(() => undefined);
    return promise;
  }
  // A promise with more to it, such as a wrapper's `cancel`, is handed out itself.
  const hasMore = Reflect.ownKeys(promise).length > 0;
  const settled = react(
    promise,
    (response: unknown) => {
      const read = (key: 'bodyUsed' | 'status' | 'type') => readNative(Response.prototype, key, response);
      end(
        () => (read('status') as number) ?? 0, // what this key holds
        '',
        // One that a script has made came over no network.
        () => read('type') !== 'default' && read('bodyUsed'),
      );
      resume(response);
      return response;
    },
    (error: unknown) => {
      const { name = '_OTHER', message }: Partial<Error> = error instanceof Error ? error : {};
      // AbortSignal.timeout() is an error, the application's own abort is none.
      const abort = name === 'TimeoutError' ? 'timeout' : undefined;
      end(() => (isAborted(signal) ? abort : name), message);
      resume();
      throw error;
    },
  );
  if (!hasMore) return settled;
  settled.then(undefined, () => {});
  return promise;
};

const isAborted = (signal: unknown): boolean => !!readNative(AbortSignal.prototype, 'aborted', signal);

// Anything else comes from somebody's replacement of fetch.
const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as Promise<unknown> | undefined)?.then === 'function';
