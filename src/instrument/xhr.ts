import { watchText } from '../platform/lazy-copy.js';
import { listen } from '../platform/lifecycle.js';
import { patch, readNative } from '../platform/patch.js';
import type { Instrumentation, InstrumentationContext } from '../types.js';
import { stopAll } from '../util/stop.js';
import { isNested, type Outcome, startRequest } from './http.js';

/** What is known of an XMLHttpRequest since `open`. Kept beside the object, never on it. */
interface Exchange {
  method: string;
  url: string;
  /** Names of the fields that the page has set, lower case. */
  names: string[];
  /** There once a span has begun. */
  end?: (outcome: Outcome) => void;
}

/** A client span for each XMLHttpRequest, with trace headers where the URL is allowed. */
export const traceXhr = (): Instrumentation => ({
  name: 'xhr',
  start: (context) => {
    const { prototype } = XMLHttpRequest;
    const exchanges = new WeakMap<object, Exchange>();
    const begin = context.guard(beginWith(context, prototype.setRequestHeader));
    return stopAll([
      patch(prototype, 'open', (open, self, args) => {
        const exchange: Exchange = { method: '', url: '', names: [] };
        const watch = (key: 'method' | 'url', value: unknown) =>
          watchText(value, (text) => {
            exchange[key] = text;
          });
        // As many arguments as were given: their number decides whether the request is asynchronous.
        const ready = args.map((value, index) =>
          index > 1 ? value : watch(index ? 'url' : 'method', value),
        );
        const result = open(ready);
        // Opened again while under way: the browser fires no event for the first request.
        exchanges.get(self)?.end?.(undefined);
        exchanges.set(self, exchange);
        return result;
      }),
      patch(prototype, 'setRequestHeader', (set, self, args) => {
        const note = (text: string) => exchanges.get(self)?.names.push(text.toLowerCase());
        return set(args.map((value, index) => (index ? value : watchText(value, note))));
      }),
      patch(prototype, 'send', (send, self) => {
        const exchange = exchanges.get(self);
        const isFirst = exchange && !exchange.end && !isNested();
        if (isFirst) begin(self, exchange);
        try {
          return send();
        } catch (error) {
          // A synchronous request fails by throwing; a second `send` is the page's mistake and ends nothing.
          if (isFirst) exchange.end?.('NetworkError');
          throw error;
        }
      }),
    ]);
  },
});

/** `setHeader` is the browser's own, as the page's object may carry another. */
const beginWith =
  (context: InstrumentationContext, setHeader: XMLHttpRequest['setRequestHeader']) =>
  (xhr: XMLHttpRequest, exchange: Exchange): void => {
    const request = startRequest(context, 'xhr', exchange.url);
    if (!request) return;
    request.setMethod(exchange.method);
    for (const field of request.fields) {
      if (!exchange.names.includes(field[0])) Reflect.apply(setHeader, xhr, field);
    }
    const stop = listen(xhr, 'load error timeout abort', ({ type }: Event) =>
      exchange.end?.(
        {
          load: readNative(XMLHttpRequest.prototype, 'status', xhr),
          error: 'NetworkError',
          timeout: type,
        }[type],
      ),
    );
    exchange.end = context.guard((outcome) => {
      stop();
      request.end(outcome);
    });
  };
