import { watchText } from '../platform/lazy-copy.js';
import { listen } from '../platform/lifecycle.js';
import { ownerOf, patch, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext, Span, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { type Field, isNested, type Outcome, startRequest } from './http.js';
import { watchTiming } from './timing.js';

/** What is known of an XMLHttpRequest since `open`. Kept beside the object, never on it. */
interface Exchange {
  method: string;
  url: string;
  /** Names of the fields that the page has set, lower case. */
  names: string[];
  /** There once a span has begun. */
  end?: (outcome: Outcome) => void;
  /** Within `send`, the headers of ours. */
  fields?: Field[] | undefined;
  /** The span that was active at `send`. */
  caller?: Span | undefined;
  stop?: Stop;
}

/** A client span for each XMLHttpRequest, with trace headers where the URL is allowed. */
export const traceXhr = (): Instrumentation => ({
  name: 'xhr',
  start: (context) => {
    const prototype = ownerOf(XMLHttpRequest.prototype, 'upload');
    const exchanges = new WeakMap<object, Exchange | undefined>();
    const begin = context.guard(beginWith(context, prototype?.setRequestHeader));
    return stopAll([
      watchTiming(context),
      patch(prototype, 'open', (open, self, args) => {
        const exchange: Exchange = { method: '', url: '', names: [] };
        const note = (key: 'method' | 'url', value: unknown) =>
          watchText(value, (text) => {
            exchange[key] = text;
          });
        // As many arguments as were given: their number decides whether the request is asynchronous.
        const ready = args.map((value, index) => (index > 1 ? value : note(index ? 'url' : 'method', value)));
        const before = exchanges.get(self);
        // Listeners of the page's, which `open` calls, may set headers of it, or open it for another request.
        exchanges.set(self, exchange);
        const result = openOr(() => exchanges.set(self, before), open, ready);
        // Opened again while under way: the browser fires no event for the first request.
        before?.end?.(undefined);
        before?.stop?.();
        if (exchanges.get(self) !== exchange) return result;
        exchange.stop = watch(context, self, exchange, prototype);
        return result;
      }),
      patch(prototype, 'setRequestHeader', (set, self, args) => {
        const exchange = exchanges.get(self);
        // Another agent that `send` has come to: both its header and ours would make one that is none, but for baggage.
        // No object is asked for its text, which the page could see.
        const [given] = args;
        const isOurs = ([name]: Field) =>
          typeof given === 'string' && name.toLowerCase() === given.toLowerCase() && name !== 'baggage';
        if (exchange?.fields?.some(isOurs)) return refuse(() => set(['', ...args.slice(1)]));
        const note = (text: string) => exchange?.names.push(text.toLowerCase());
        return set(args.map((value, index) => (index ? value : watchText(value, note))));
      }),
      patch(prototype, 'send', (send, self, args) => {
        const exchange = exchanges.get(self);
        const isFirst = exchange && !exchange.end && !isNested();
        if (isFirst) begin(self, exchange, args[0]);
        try {
          return send();
        } catch (error) {
          // A synchronous request fails by throwing; a second `send` is the page's mistake and ends nothing.
          if (isFirst) exchange.end?.('NetworkError');
          throw error;
        } finally {
          if (exchange) exchange.fields = undefined;
        }
      }),
    ]);
  },
});

/** What the browser refuses to open stays what it was. */
const openOr = (undo: () => void, open: (args: unknown[]) => unknown, args: unknown[]): unknown => {
  try {
    return open(args);
  } catch (error) {
    undo();
    throw error;
  }
};

/** A header without a name changes nothing; but for a request under way, the browser throws before it looks at the name. */
const refuse = (set: () => unknown): undefined => {
  try {
    set();
  } catch (error) {
    if (!/^SyntaxError/.test(`${(error as Error).name}`)) throw error; // an object that the browser has thrown
  }
};

/** `setHeader` is the browser's own, as the page's object may carry another. */
const beginWith =
  (context: InstrumentationContext, setHeader: XMLHttpRequest['setRequestHeader']) =>
  (xhr: XMLHttpRequest, exchange: Exchange, body: unknown): void => {
    const { tracer } = context;
    exchange.caller = tracer.active();
    tracer.resumeIn?.(exchange.caller, xhr);
    const request = startRequest(context, 'xhr', exchange.url);
    if (!request) return;
    request.describe(exchange.method, body);
    exchange.fields = request.fields((name) => exchange.names.includes(name));
    for (const field of exchange.fields) Reflect.apply(setHeader, xhr, field);
    exchange.end = context.guard(request.end);
  };

const EVENTS = 'readystatechange load error timeout abort loadend';

/** Listens from `open` on, so that it is before most listeners of the page, and the promises that these settle. */
const watch = (
  { tracer, guard }: InstrumentationContext,
  xhr: XMLHttpRequest,
  exchange: Exchange,
  prototype: XMLHttpRequest,
): Stop => {
  const read = (key: 'status' | 'readyState') => readNative(prototype, key, xhr);
  const onEvent = guard((event: Event) => {
    const { type } = event;
    tracer.resume?.(exchange.caller, event);
    if (type === 'load') exchange.end?.(read('status'));
    if (type === 'error') exchange.end?.('NetworkError');
    if (type === 'timeout') exchange.end?.(type);
    if (type === 'abort') exchange.end?.(undefined);
    // Unless the page has opened it again: then the events to come are the next request's.
    if (type === 'loadend' && read('readyState') === 4) stop();
  });
  const stop = listen(xhr, EVENTS, onEvent);
  return stop;
};
