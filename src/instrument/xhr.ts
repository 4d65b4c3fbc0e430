import { listen } from '../platform/lifecycle.js';
import { patch, type Replacement, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext } from '../types.js';
import { type Outcome, startRequest } from './http.js';

/** What is known of an XMLHttpRequest since `open`. Kept beside the object, never on it. */
interface Exchange {
  method: string;
  url: string;
  /** Names of the fields that the page has set, lower case. */
  fields: Set<string>;
  /** There once a span has begun. */
  end: ((outcome: Outcome) => void) | undefined;
}

/** A client span for each XMLHttpRequest, with trace headers where the URL is allowed. */
export const traceXhr = (): Instrumentation => ({
  name: 'xhr',
  start: (context) => {
    const prototype = globalThis.XMLHttpRequest?.prototype;
    const exchanges = new WeakMap<object, Exchange>();
    // The browser's own, as the page's object may carry another.
    const setHeader = prototype?.setRequestHeader;
    const onSend: Replacement = (native, self, args) => {
      const exchange = exchanges.get(self as object);
      const isFirst = exchange && !exchange.end;
      if (isFirst) context.guard(begin)(context, self as XMLHttpRequest, exchange, setHeader);
      try {
        return Reflect.apply(native, self, args);
      } catch (error) {
        // A synchronous request fails by throwing; a second `send` is the page's mistake and ends nothing.
        if (isFirst) exchange.end?.({ type: 'failed', errorType: 'NetworkError' });
        throw error;
      }
    };
    const stops = [
      patch(prototype, 'open', openInto(exchanges)),
      patch(prototype, 'setRequestHeader', (native, self, args) => {
        const result = Reflect.apply(native, self, args);
        if (typeof args[0] === 'string') exchanges.get(self as object)?.fields.add(args[0].toLowerCase());
        return result;
      }),
      patch(prototype, 'send', onSend),
    ];
    return () => stops.forEach((stop) => void stop());
  },
});

const openInto =
  (exchanges: WeakMap<object, Exchange>): Replacement =>
  (native, self, args) => {
    const texts: string[] = [];
    const watch = (value: unknown, index: number) =>
      index > 1
        ? value
        : watchText(value, (text) => {
            texts[index] = text;
          });
    // As many arguments as were given: their number decides whether the request is asynchronous.
    const result = Reflect.apply(native, self, args.map(watch));
    // Opened again while under way: the browser fires no event for the first request.
    exchanges.get(self as object)?.end?.({ type: 'aborted' });
    const [method = '', url = ''] = texts;
    exchanges.set(self as object, { method, url, fields: new Set(), end: undefined });
    return result;
  };

/** A text as it is; anything else by a stand-in that tells which text the browser made of it, when the browser does. */
const watchText = (value: unknown, onText: (text: string) => void): unknown => {
  const convert = () => {
    const text = `${value}`;
    onText(text);
    return text;
  };
  return typeof value === 'string' ? convert() : { [Symbol.toPrimitive]: convert };
};

const begin = (
  context: InstrumentationContext,
  xhr: XMLHttpRequest,
  exchange: Exchange,
  setHeader: XMLHttpRequest['setRequestHeader'],
): void => {
  const request = startRequest(context, 'xhr', exchange.method, exchange.url);
  if (!request) return;
  for (const field of request.headers) {
    if (!exchange.fields.has(field[0])) Reflect.apply(setHeader, xhr, field);
  }
  const outcomes: Record<string, () => Outcome> = {
    load: () => ({ type: 'response', status: readNative(XMLHttpRequest.prototype, 'status', xhr) ?? 0 }),
    error: () => ({ type: 'failed', errorType: 'NetworkError' }),
    timeout: () => ({ type: 'failed', errorType: 'timeout' }),
    abort: () => ({ type: 'aborted' }),
  };
  const stops = Object.entries(outcomes).map(([type, outcome]) =>
    listen(xhr, type, () => exchange.end?.(outcome())),
  );
  exchange.end = context.guard((outcome: Outcome) => {
    for (const stop of stops.splice(0)) stop();
    request.end(outcome);
  });
};
