import { lazyCopy, watchText } from '../platform/lazy-copy.js';
import { isNative, ownerOf, patch, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext, Span } from '../types.js';
import { stopAll } from '../util/stop.js';
import { chain, type End, follow } from './follow.js';
import { addFields, copyWithFields } from './header-fields.js';
import { type Fields, isNested, runNative, startRequest, type TracedRequest } from './http.js';
import { watchTiming } from './timing.js';

/** What becomes known of a call as the browser reads its arguments. */
interface Call {
  url?: string;
  method: unknown;
  signal: unknown;
  body?: unknown;
  keepalive?: unknown;
  request: TracedRequest | undefined;
  /** The arguments for another attempt, without our headers. */
  again?: () => unknown[];
}

/** The browser's, as they were when the agent came. */
interface Own {
  Request: typeof globalThis.Request;
  requests: Request;
  isOriginal: boolean;
}

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
    const prototype = ownerOf(Response.prototype, 'status');
    const callers = new WeakMap<object, Span>();
    const resume = guard((caller: Span | undefined, response?: unknown) => {
      if (caller && response) callers.set(response as object, caller);
      tracer.resume?.(caller);
    });
    const isOriginal = isNative(window, 'fetch');
    // The page may replace it later, and may have done so.
    const own = { Request, requests: ownerOf(Request.prototype, 'url'), isOriginal };
    return stopAll([
      watchTiming(context),
      patch(window, 'fetch', (send, self, args) => {
        // The browser refuses another `this` before it reads anything.
        if (isNested() || !args.length || (self ?? window) !== window) return send();
        const caller = tracer.active();
        const call: Call = { method: 'GET', signal: undefined, request: undefined };
        const ready =
          (!isOriginal && guard(copyArguments)(context, call, args)) || prepare(context, call, args, own);
        const promise = runNative(() => send(ready));
        // Nobody has asked for the headers: a replacement of fetch below us.
        const request = call.request ?? begin(context, call);
        if (!request) return promise;
        request.describe(call.method, call.body);
        const end: End = guard((outcome, ...more) => request.end(outcome(), ...more));
        const repeat = guard((message: string) => {
          const again = call.again && request.mayRepeat(message) && call.again();
          // The browser's own words have been heard: no replacement is below us that makes it an XMLHttpRequest.
          return again && send(again);
        });
        return follow(end, (response) => resume(caller, response), call.signal, promise, repeat, prototype);
      }),
      ...READERS.split(' ').map((name) =>
        patch(prototype, name, (read, self) => {
          const caller = callers.get(self);
          return caller ? chain(read(), () => resume(caller)) : read();
        }),
      ),
    ]);
  },
});

const hasAny = (fields: Fields): boolean => fields(() => false).length > 0;

const begin = (context: InstrumentationContext, call: Call): TracedRequest | undefined => {
  if (call.url !== undefined) call.request = context.guard(startRequest)(context, 'fetch', call.url);
  return call.request;
};

/** The arguments for another function than the browser's: things that it can test, copy and write to. */
const copyArguments = (
  context: InstrumentationContext,
  call: Call,
  args: unknown[],
): unknown[] | undefined => {
  const [input, init, ...rest] = args;
  if (input instanceof Request) return undefined;
  const { method = 'GET', signal, body }: RequestInit = Object(init); // any of them may be there
  Object.assign(call, { url: `${input}`, method, signal, body });
  const fields = begin(context, call)?.fields;
  if (!fields || !hasAny(fields)) return args;
  call.again = () => args;
  return [input, copyWithFields(init, fields), ...rest];
};

/**
 * The arguments for the browser. It reads them itself, in its own order: the URL, then the options by name. By the time
 * it asks for the headers the URL is known, and with it whether there are any of ours.
 */
const prepare = (
  context: InstrumentationContext,
  call: Call,
  [input, init, ...rest]: unknown[],
  { Request, requests, isOriginal }: Own,
): unknown[] => {
  const read = (withHeaders: boolean) => (key: PropertyKey, value: unknown) => {
    if (key === 'method' || key === 'signal' || key === 'body' || key === 'keepalive')
      call[key] = value ?? call[key];
    if (key !== 'headers' || !withHeaders) return value;
    const fields = begin(context, call)?.fields;
    if (!fields || !hasAny(fields)) return value;
    const theirs: unknown[] = [];
    const withoutOurs = (name: PropertyKey, given: unknown) => (name === 'headers' ? theirs : given);
    // What the browser has read it gets once more: the page's object is not read again.
    call.again = () => [call.url, lazyCopy(withOurs, () => [], withoutOurs)];
    return context.guard(addFields)(value, fields, theirs) ?? value;
  };
  const addHeaders = (keys: readonly PropertyKey[]) => (keys.includes('headers') ? [] : ['headers']);
  const isBag = init == null || Object(init) === init;
  const bag = (init as object | undefined) ?? Object.create(null); // an object or nothing, as just seen
  const withOurs = lazyCopy(bag, addHeaders, read(true));
  // The browser's own getter knows a Request of any frame.
  const url = readNative(requests, 'url', input);
  if (url === undefined) {
    const address = watchText(input, (text) => {
      call.url = text;
    });
    // Somebody's own Request goes down to somebody's own fetch as it is.
    return [!isOriginal && input instanceof Request ? input : address, isBag ? withOurs : init, ...rest];
  }
  call.url = url;
  call.method = readNative(requests, 'method', input);
  call.signal = readNative(requests, 'signal', input);
  const options = isBag && init ? lazyCopy(bag, () => [], read(false)) : init;
  const fields = begin(context, call)?.fields;
  // This is what fetch does with it, so that everything is kept, and the page's object is as it would be.
  const copy =
    fields && hasAny(fields)
      ? context.guard(() => new Request(input as Request, options as RequestInit))() // or what the browser refuses
      : undefined;
  // Apart, as the page may have replaced these methods: what is in the copy must go out.
  if (copy && fields) context.guard(addToCopy)(call, copy, fields);
  return copy ? [copy, call.keepalive ? keepAlive(copy) : undefined] : [input, options, ...rest];
};

/** Firefox takes it from the options alone, never from a Request. Options of any kind reset the referrer. */
const keepAlive = ({ referrer, referrerPolicy }: Request): RequestInit => ({
  keepalive: true,
  referrer,
  referrerPolicy,
});

const addToCopy = (call: Call, copy: Request, fields: Fields): void => {
  const added = fields((name) => copy.headers.has(name));
  for (const field of added) copy.headers.set(...field);
  call.again = () => {
    const again = new Request(copy);
    for (const [name] of added) again.headers.delete(name);
    return [again];
  };
};
