/** What was begun through the browser's functions and not undone since, in words such as `window pagehide`. */
export interface LeakCheck {
  /** Listeners, timers and observers that are alive. */
  alive(): string[];
  /** Puts the browser's own functions back. */
  restore(): void;
}

/**
 * Begins to count listeners, timers and PerformanceObservers. Call it before the agent starts and compare `alive()`
 * before `start` and after `stop`. Free of outer names, so that Playwright can inject it into a page:
 * `page.addInitScript(installLeakCheck)`; there the result is `window.leakCheck`.
 */
export const installLeakCheck = (): LeakCheck => {
  const alive = new Map<unknown, string>();
  const restores: (() => void)[] = [];
  type Method = (this: unknown, ...args: never[]) => unknown;

  const wrap = (host: object, name: string, make: (native: Method) => Method): void => {
    const native = Reflect.get(host, name) as Method | undefined;
    if (typeof native !== 'function') return;
    const descriptor = Object.getOwnPropertyDescriptor(host, name);
    if (!descriptor) return;
    Object.defineProperty(host, name, { ...descriptor, value: make(native) });
    restores.push(() => Object.defineProperty(host, name, descriptor));
  };

  // One key for each target, type, listener and capture flag, as the DOM's own rule for duplicates.
  const ids = new WeakMap<object, number>();
  let lastId = 0;
  const idOf = (object: object): number => {
    const id = ids.get(object) ?? ++lastId;
    ids.set(object, id);
    return id;
  };
  const listenerKey = (target: unknown, [type, listener, options]: unknown[]): string | undefined => {
    if (!listener) return undefined;
    const capture = typeof options === 'object' ? (options as AddEventListenerOptions)?.capture : options;
    const id = idOf((target ?? globalThis) as object);
    return `listener ${id} ${type} ${idOf(listener as object)} ${Boolean(capture)}`;
  };
  const nameOf = (target: unknown): string =>
    Object.prototype.toString.call(target ?? globalThis).slice(8, -1);

  // Some tools put their own `addEventListener` on the window itself.
  for (const host of [EventTarget.prototype, globalThis]) {
    wrap(host, 'addEventListener', (native) => {
      return function addEventListener(this: unknown, ...args: unknown[]) {
        const key = listenerKey(this, args);
        const options = args[2] as AddEventListenerOptions | undefined;
        if (key && !alive.has(key)) {
          alive.set(key, `listener ${nameOf(this)} ${args[0]}`);
          const forget = () => alive.delete(key);
          options?.signal?.addEventListener('abort', forget);
          if (options?.once) Reflect.apply(native, this, [args[0], forget, options]);
        }
        return Reflect.apply(native, this, args);
      };
    });
    wrap(host, 'removeEventListener', (native) => {
      return function removeEventListener(this: unknown, ...args: unknown[]) {
        alive.delete(listenerKey(this, args));
        return Reflect.apply(native, this, args);
      };
    });
  }

  const wrapTimer = (set: string, clear: string, repeats: boolean): void => {
    wrap(globalThis, set, (native) => {
      return (...args: unknown[]) => {
        const [callback, ...rest] = args;
        const run = (...given: unknown[]) => {
          if (!repeats) alive.delete(`${set} ${id}`);
          return typeof callback === 'function' ? Reflect.apply(callback, globalThis, given) : undefined;
        };
        const id = Reflect.apply(native, globalThis, [run, ...rest]) as number;
        alive.set(`${set} ${id}`, set);
        return id;
      };
    });
    wrap(globalThis, clear, (native) => {
      return (...args: unknown[]) => {
        alive.delete(`${set} ${args[0]}`);
        return Reflect.apply(native, globalThis, args);
      };
    });
  };
  wrapTimer('setTimeout', 'clearTimeout', false);
  wrapTimer('setInterval', 'clearInterval', true);
  wrapTimer('requestAnimationFrame', 'cancelAnimationFrame', false);

  wrap(PerformanceObserver.prototype, 'observe', (native) => {
    return function observe(this: unknown, ...args: unknown[]) {
      const options = args[0] as PerformanceObserverInit | undefined;
      alive.set(this, `observer ${options?.type ?? options?.entryTypes?.join()}`);
      return Reflect.apply(native, this, args);
    };
  });
  wrap(PerformanceObserver.prototype, 'disconnect', (native) => {
    return function disconnect(this: unknown, ...args: unknown[]) {
      alive.delete(this);
      return Reflect.apply(native, this, args);
    };
  });

  const check: LeakCheck = {
    alive: () => [...alive.values()].sort(),
    restore: () => restores.splice(0).forEach((restore) => void restore()),
  };
  Object.defineProperty(globalThis, 'leakCheck', { value: check, configurable: true });
  restores.push(() => Reflect.deleteProperty(globalThis, 'leakCheck'));
  return check;
};
