import { type Early, type EarlyRequest, MAX } from './platform/early.js';
import type { Config } from './types.js';

// The inline snippet, of at most 1,000 bytes: it stands for the agent until that is there, and hands all over to
// `instrument/early-requests.ts`. It imports next to no code, says things in the fewest bytes, and where it cannot be sure it
// lets the page's call pass as it is.

// biome-ignore lint/suspicious/noExplicitAny: host objects have no common type, as in platform/patch.ts
type Any = any;

declare const rootspan: ((...call: unknown[]) => void) & { q: Early[3]; early?: Partial<Early> };

if (!(window as Any).rootspan) {
  const undo: Early[0] = [];
  const queue: Early[3] = [];
  const keep = (item: Event | unknown[]) => {
    if (!queue[MAX - 1]) queue.push(item);
  };

  /** 16 hex digits; those with a leading zero are drawn again. */
  const hex = (id = (crypto.getRandomValues(new BigUint64Array(1)) as Any)[0].toString(16)): string =>
    id[15] ? id : hex();

  const listen = (target: Any, types: string, listener: (event: Any) => void) => {
    types.split(' ').map((type) => addEventListener.call(target, type, listener));
  };

  /** `before` may change the arguments, which are a copy, and return what the result shall go through. */
  const wrap = (target: Any, name: string, before: (args: Any[], self: Any) => Any) => {
    const native = target[name];
    const wrapper = new Proxy(native, {
      apply: (_, self, args) => {
        let after: Any;
        try {
          if (!queue[MAX - 1]) after = before(args, self);
        } catch {
          // The page's own mistake, which the browser will tell.
        }
        args = native.apply(self, args);
        return after ? after(args) : args;
      },
    });
    target[name] = wrapper;
    undo.push(() => {
      // Else somebody has wrapped over it: calls pass through.
      if (target[name] === wrapper) target[name] = native;
    });
  };

  /** The absolute URL without query and fragment, and a slash at its end. */
  const prefix = (url: string) => new Request(url).url.replace(/\/?([?#].*)?$/, '/');

  const start = (options: Config) => {
    const spanId = hex();
    // A sampled trace of the server's goes on.
    const traceId = /-(\w{32}).+[13]$/.exec((document.all as Any).traceparent?.content)?.[1] ?? hex() + hex();
    const stored = JSON.parse(localStorage['rootspan.session'] || 0);
    (rootspan as Any).early = [undo, traceId, spanId, queue, keep];
    // The decision of src/session.
    if (
      Date.now() < stored.until
        ? !stored.sampled
        : (options.sampleRate as number) < 1 - (('0x' + spanId) as Any) / 2 ** 64
    )
      return;

    const begin = (request: Request, target: Any, setter: EarlyRequest[0]) => {
      const url = request.url;
      const matches = (...matchers: Config['propagateTo'][]) =>
        matchers
          .flat()
          .some((matcher: Any) =>
            matcher?.call
              ? matcher({ url: new URL(url) })
              : matcher?.exec
                ? url.match(matcher)
                : prefix(url).startsWith(prefix(matcher)),
          );
      const id = hex();
      if (
        // Not that of the window, which a script's `var origin` replaces.
        matches(location.origin, options.propagateTo) &&
        !matches(options.ignoreUrls, options.neverPropagateTo) &&
        // Pending or denied, that is: granted has no i.
        !options.consent?.match('i') &&
        // An empty one stays too.
        !request.headers.has('traceparent')
      )
        target[setter]('traceparent', `00-${traceId}-${id}-01`);
      const record: EarlyRequest = [setter, request.method, url, id, performance.now()];
      keep(record);
      return (outcome: number | string | true) => record.push(performance.now(), outcome);
    };

    wrap(window, 'fetch', (args) => {
      // What fetch does with its arguments: nothing is lost, and the page's objects are read as often as before.
      // biome-ignore lint/suspicious/noAssignInExpressions: fewest bytes
      const request: Request = (args[0] = new Request(...(args as [string])));
      const { keepalive, referrer, referrerPolicy, signal } = request;
      // Firefox takes it from the options alone, which the page has given then. Options of any kind reset the referrer.
      args[1] = keepalive ? { keepalive, referrer, referrerPolicy } : null;
      // Its promise is the browser's own, which settles a step earlier.
      if (signal.aborted) return;
      const end = begin(request, request.headers, 'set');
      return (promise: Promise<Response>) =>
        promise.then(
          (response) => {
            end(response.status);
            return response;
          },
          (error) => {
            end(signal.aborted || error.name);
            throw error;
          },
        );
    });

    const requests = new WeakMap<object, Request>();
    const prototype = XMLHttpRequest.prototype;
    wrap(prototype, 'open', ([method, url], xhr) => {
      requests.set(xhr, new Request(url, { method }));
    });
    wrap(prototype, 'setRequestHeader', ([name, value], xhr) => {
      (requests.get(xhr) as Request).headers.append(name, value);
    });
    wrap(prototype, 'send', (_, xhr) => {
      const end = begin(requests.get(xhr) as Request, xhr, 'setRequestHeader');
      listen(xhr, 'load error timeout abort', (event) =>
        end(Reflect.get(prototype, 'status', xhr) || event.type),
      );
    });
    listen(window, 'error unhandledrejection', keep);
  };

  (window as Any).rootspan = (...args: unknown[]) => {
    keep(args);
    try {
      if (args[0] === 'start' && !rootspan.early) start((args[1] as Config) ?? {});
    } catch {
      // An old browser, or no storage: there is the queue alone.
    }
  };
  rootspan.q = queue;
}
