// All that a page can see of what the agent wraps, and of what stands beside it, without a request. One row an API.

/** By name on the window: a class, a namespace, or a function. */
const TABLE = [
  ...['fetch', 'Request', 'Response', 'Headers', 'AbortSignal', 'AbortController', 'FormData', 'Blob'],
  ...['XMLHttpRequest', 'XMLHttpRequestUpload', 'XMLHttpRequestEventTarget', 'EventTarget', 'Event'],
  ...['History', 'Navigation', 'NavigateEvent', 'NavigationCurrentEntryChangeEvent', 'Location'],
  ...['WebSocket', 'EventSource', 'CloseEvent', 'MessageEvent', 'Navigator', 'Storage'],
  ...['PerformanceObserver', 'PerformanceObserverEntryList', 'Performance', 'PerformanceResourceTiming'],
  ...['console', 'addEventListener', 'removeEventListener', 'dispatchEvent', 'setTimeout', 'queueMicrotask'],
  ...['requestAnimationFrame', 'Promise', 'Proxy', 'Reflect', 'JSON', 'URL'],
  ...['PromiseRejectionEvent', 'ReportingObserver', 'reportError'],
];

/** What a method is called on, though it is no such object. */
const WRONG = { undefined: undefined, null: null, 'an object': {}, 'a number': 7, 'a text': 'text' };

/** These take any `this`, or do something. */
const isLoose = (name) =>
  /^(console|Promise|Proxy|Reflect|JSON|URL|setTimeout|queueMicrotask|requestAnimationFrame|reportError)$/.test(
    name,
  );

const functionsOf = (owner) =>
  Reflect.ownKeys(owner).flatMap((key) => {
    const { value, get, set } = Object.getOwnPropertyDescriptor(owner, key);
    const label = String(key);
    return [
      ...(typeof value === 'function' && key !== 'constructor' ? [[label, value]] : []),
      ...(get ? [[`get ${label}`, get]] : []),
      ...(set ? [[`set ${label}`, set]] : []),
    ];
  });

const textOf = (fn) => Function.prototype.toString.call(fn).includes('[native code]');

/** What each function says to a wrong `this`, to too few arguments, and to `new`. */
const refusals = (owner, self) => async (kit) => {
  const seen = [];
  for (const [label, fn] of functionsOf(owner)) {
    for (const [word, wrong] of Object.entries(WRONG)) {
      seen.push([label, word, await kit.outcome(() => fn.call(wrong))]);
      // Before it reads anything.
      seen.push([label, word, await kit.outcome(() => fn.call({}, spy(kit, label), spy(kit, label)))]);
    }
    seen.push([label, 'the prototype', self === owner ? await kit.outcome(() => fn.call(owner)) : 'static']);
    seen.push([label, 'new', await kit.outcome(() => Reflect.construct(fn, []))]);
    seen.push([label, 'extended', kit.attempt(() => class extends fn {}.name), textOf(fn)]);
  }
  return seen;
};

const spy = (kit, label) => ({ toString: () => void kit.note(`${label} has read`) ?? 'text' });

const shapes = (owner) => (kit) =>
  Reflect.ownKeys(owner)
    .filter((key) => key !== 'event')
    .map((key) => {
      const seen = kit.describeProperty(owner, key);
      return [String(key), typeof seen.value === 'object' ? { ...seen, value: 'object' } : seen];
    });

const chainOf = (object) => {
  const names = [];
  for (let at = object; at; at = Object.getPrototypeOf(at)) names.push(Object.prototype.toString.call(at));
  return names;
};

const made = (Class) => async (kit) => [
  await kit.outcome(() => Class()),
  await kit.outcome(() => new Class()),
  await kit.outcome(() => Reflect.construct(Class, [], class Other {})),
  kit.attempt(() => chainOf(new (class Extended extends Class {})())),
  kit.attempt(() => chainOf(new Class())),
];

/** Of another realm, which has its own: they are alike, and not the same. */
const realm = (name) => async (kit) => {
  const other = (await kit.frame())[name];
  return [other === window[name], typeof other, other?.name, kit.attempt(() => ({}) instanceof window[name])];
};

const rowsOf = (name) => {
  const value = window[name];
  const { prototype } = value;
  const isMade = prototype && !/^(Proxy|Promise|ReportingObserver)$/.test(name);
  return {
    'property of the window': (kit) =>
      shapes({ [name]: value })(kit).concat([kit.describeProperty(window, name)]),
    'own properties': shapes(value),
    'its chain': () => [chainOf(value), typeof value === 'function' && textOf(value)],
    'in another realm': realm(name),
    ...(prototype && {
      'properties of the prototype': shapes(prototype),
      'the way back': () => [prototype.constructor === value, chainOf(prototype)],
    }),
    ...(isMade && { made: made(value) }),
    ...(!isLoose(name) && { 'refusals of the class': refusals(value) }),
    ...(!isLoose(name) && prototype && { 'refusals of the prototype': refusals(prototype, prototype) }),
  };
};

export const cases = Object.fromEntries(
  TABLE.filter((name) => name in window).flatMap((name) =>
    Object.entries(rowsOf(name)).map(([label, run]) => [`${name}: ${label}`, run]),
  ),
);
