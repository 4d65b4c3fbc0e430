import { beforeEach, expect } from 'vitest';

/** Whatever an agent could be tempted to replace: each property of these is what it was, after every test. */
const WATCHED: Record<string, object> = {
  window: globalThis,
  'EventTarget.prototype': EventTarget.prototype,
  'Element.prototype': Element.prototype,
  'Document.prototype': Document.prototype,
  document,
  'XMLHttpRequest.prototype': XMLHttpRequest.prototype,
  'History.prototype': History.prototype,
  history,
  'Navigator.prototype': Navigator.prototype,
  navigator,
  'Promise.prototype': Promise.prototype,
  Promise,
  'Request.prototype': Request.prototype,
  'Response.prototype': Response.prototype,
  'Headers.prototype': Headers.prototype,
  'Performance.prototype': Performance.prototype,
  performance,
  'PerformanceObserver.prototype': PerformanceObserver.prototype,
  console,
  'WebSocket.prototype': WebSocket.prototype,
  'EventSource.prototype': EventSource.prototype,
  'Storage.prototype': Storage.prototype,
};

// `Navigation` is not in every browser, nor in TypeScript's library.
const navigation = (globalThis as { navigation?: object }).navigation;
if (navigation)
  Object.assign(WATCHED, { navigation, 'Navigation.prototype': Object.getPrototypeOf(navigation) });

type Snapshot = Map<string, Map<PropertyKey, PropertyDescriptor>>;

const take = (): Snapshot =>
  new Map(Object.entries(WATCHED).map(([name, host]) => [name, new Map(descriptors(host))]));

const descriptors = (host: object): [PropertyKey, PropertyDescriptor][] =>
  Reflect.ownKeys(host).map((key) => [key, descriptor(host, key)]);

/** Of a handler such as `window.onerror`, which is a getter, the function that it holds now. */
const descriptor = (host: object, key: PropertyKey): PropertyDescriptor => {
  const found = Object.getOwnPropertyDescriptor(host, key) as PropertyDescriptor;
  const isHandler = host === globalThis && typeof key === 'string' && key.startsWith('on');
  return isHandler ? { ...found, value: Reflect.get(host, key) } : found;
};

/** Names such as `window.fetch` of the properties that were added, removed or replaced. */
const changes = (before: Snapshot): string[] => {
  const found: string[] = [];
  for (const [name, host] of Object.entries(WATCHED)) {
    const was = before.get(name) ?? new Map<PropertyKey, PropertyDescriptor>();
    const is = new Map(descriptors(host));
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      if (!isAllowed(key) && !isSame(was.get(key), is.get(key))) found.push(`${name}.${String(key)}`);
    }
  }
  return found;
};

const isSame = (a?: PropertyDescriptor, b?: PropertyDescriptor): boolean =>
  a !== undefined &&
  b !== undefined &&
  Object.is(a.value, b.value) &&
  a.get === b.get &&
  a.set === b.set &&
  a.writable === b.writable &&
  a.enumerable === b.enumerable &&
  a.configurable === b.configurable;

/** The test runner keeps its own state on `window`, in names such as `__vitest_worker__`. */
const isAllowed = (key: PropertyKey): boolean => typeof key === 'string' && /^__vi|^__VI/.test(key);

beforeEach(({ onTestFinished }) => {
  const before = take();
  // Registered first, and so run last: after the test's own clean-up.
  onTestFinished(() => {
    expect(changes(before), 'globals that are not what they were before the test').toEqual([]);
  });
});
