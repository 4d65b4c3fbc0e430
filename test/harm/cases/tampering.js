// A page that overwrites what everybody builds upon, after the agent has come: old frameworks did. Its own calls must go
// on as they would without the agent.

const nothing = () => {
  throw new Error('replaced by the page');
};

/** What is replaced, by the function that replaces it. */
const REPLACED = [
  ...[
    'map',
    'filter',
    'some',
    'every',
    'includes',
    'find',
    'forEach',
    'push',
    'flat',
    'slice',
    'join',
    'splice',
  ].map((name) => [Array.prototype, name]),
  ...['from', 'isArray', 'of'].map((name) => [Array, name]),
  ...[
    'keys',
    'entries',
    'assign',
    'create',
    'fromEntries',
    'getOwnPropertyDescriptor',
    'defineProperty',
    'freeze',
  ].map((name) => [Object, name]),
  ...['apply', 'defineProperty', 'get', 'ownKeys'].map((name) => [Reflect, name]),
  ...['call', 'apply', 'bind'].map((name) => [Function.prototype, name]),
  ...[
    'toLowerCase',
    'toUpperCase',
    'split',
    'replace',
    'search',
    'slice',
    'trim',
    'startsWith',
    'padStart',
    'match',
  ].map((name) => [String.prototype, name]),
  ...['test', 'exec'].map((name) => [RegExp.prototype, name]),
  ...['get', 'set', 'has', 'delete'].map((name) => [WeakMap.prototype, name]),
  ...['get', 'set', 'has', 'delete'].map((name) => [Map.prototype, name]),
  ...['has', 'add', 'delete', 'forEach'].map((name) => [Set.prototype, name]),
  ...['stringify', 'parse'].map((name) => [JSON, name]),
  ...['now'].map((name) => [Date, name]),
  ...['now', 'getEntriesByType', 'getEntriesByName'].map((name) => [Performance.prototype, name]),
  ...[
    'setTimeout',
    'clearTimeout',
    'requestAnimationFrame',
    'queueMicrotask',
    'addEventListener',
    'URL',
    'Proxy',
    'Number',
    'Request',
    'Headers',
    'Response',
    'AbortSignal',
    'XMLHttpRequest',
    'EventTarget',
  ].map((name) => [window, name]),
  ...['addEventListener', 'removeEventListener'].map((name) => [EventTarget.prototype, name]),
  ...['getItem', 'setItem'].map((name) => [Storage.prototype, name]),
  ...['getRandomValues'].map((name) => [Crypto.prototype, name]),
  ...['set', 'has', 'get', 'append'].map((name) => [Headers.prototype, name]),
  ...['setRequestHeader', 'getResponseHeader', 'getAllResponseHeaders'].map((name) => [
    XMLHttpRequest.prototype,
    name,
  ]),
  ...[
    'Error',
    'String',
    'Symbol',
    'Object',
    'Array',
    'WeakMap',
    'Map',
    'Set',
    'Date',
    'Math',
    'JSON',
    'Reflect',
  ].map((name) => [window, name]),
];

const nameOf = (owner, name) => {
  if (owner === window) return name;
  const isNamespace = [Reflect, JSON].includes(owner);
  const label = isNamespace
    ? owner[Symbol.toStringTag]
    : typeof owner === 'function' && owner !== Function.prototype
      ? owner.name
      : `${owner.constructor.name}.prototype`;
  return `${label}.${name}`;
};

const { defineProperty, getOwnPropertyDescriptor } = Object;
const { Promise: PagePromise, XMLHttpRequest: PageXhr, Request: PageRequest, setTimeout: setTimer } = window;

/** Replaces it, makes the calls, and puts it back in the same task. */
const during = (owner, name, replacement, calls) => {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  defineProperty(owner, name, { ...descriptor, value: replacement });
  try {
    return calls();
  } catch (error) {
    return [PagePromise.reject(error)];
  } finally {
    defineProperty(owner, name, descriptor);
  }
};

const send = (address) => {
  const xhr = new PageXhr();
  const over = new PagePromise((resolve) => {
    xhr.onloadend = () => resolve(xhr);
  });
  xhr.open('GET', address);
  if (address.endsWith('xhr')) xhr.setRequestHeader('X-Page', '1');
  xhr.send();
  return over;
};

const nothingHappens = (kit, owner, name) => async () => {
  const request = new PageRequest(kit.url('request'), { method: 'PUT', body: 'x' });
  const [plain, rich, given, list, xhr] = [
    kit.url('plain'),
    kit.url('rich'),
    { method: 'PUT', headers: { 'X-Page': '1' } },
    { headers: [['X-Page', '1']] },
    kit.url('xhr'),
  ];
  // One by one: a call that throws may not hide the next one.
  const results = [
    during(owner, name, nothing, () => [fetch(plain)]),
    during(owner, name, nothing, () => [fetch(rich, given)]),
    during(owner, name, nothing, () => [fetch(rich, list)]),
    during(owner, name, nothing, () => [fetch(request)]),
    during(owner, name, nothing, () => [send(xhr)]),
  ].flat();
  for (const result of results) {
    try {
      kit.note((await result).status);
    } catch (error) {
      kit.note(error);
    }
  }
};

/** Replaced for as long as the requests last: the callbacks run with it too. */
const lasting = (kit, owner, name) => async () => {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  const urls = [kit.url('plain'), kit.url('xhr')];
  const told = [];
  defineProperty(owner, name, { ...descriptor, value: nothing });
  try {
    fetch(urls[0]).then(
      (response) => {
        told[0] = response.status;
      },
      (error) => {
        told[0] = error;
      },
    );
    const xhr = new PageXhr();
    xhr.onload = () => {
      told[1] = xhr.status;
    };
    xhr.open('GET', urls[1]);
    xhr.send();
    for (let turn = 0; turn < 1000 && !(told[0] && told[1]); turn++) {
      await new PagePromise((resolve) => setTimer(resolve, 10));
    }
  } catch (error) {
    told[2] = error;
  } finally {
    defineProperty(owner, name, descriptor);
  }
  await kit.sleep(100);
  kit.note(...told);
};

// The page's own code above needs these: what lasts is replaced around the calls alone.
const NEEDED = /^(Object|Reflect|Promise)\.|^(Object|Reflect|XMLHttpRequest|Error|Symbol|Array)$/;

const rows = REPLACED.filter(([owner, name]) => getOwnPropertyDescriptor(owner, name)).flatMap(
  ([owner, name]) => {
    const label = nameOf(owner, name);
    const short = [`during the call: ${label}`, (kit) => nothingHappens(kit, owner, name)()];
    return NEEDED.test(label)
      ? [short]
      : [short, [`until the end: ${label}`, (kit) => lasting(kit, owner, name)()]];
  },
);

const setThen = (then) => defineProperty(Promise.prototype, 'then', { ...THEN, value: then });
const THEN = getOwnPropertyDescriptor(Promise.prototype, 'then');

/** How often a name is looked up on `Object.prototype` by one call. */
const countReads = async (kit, call) => {
  const names = [
    'headers',
    'method',
    'body',
    'signal',
    'referrer',
    'window',
    'once',
    'passive',
    'capture',
    'get',
    'set',
    'value',
    'writable',
    'enumerable',
    'configurable',
    'then',
    'done',
    'q',
    'apply',
  ];
  const counts = Object.assign(Object.create(null), {});
  for (const name of names) {
    defineProperty(Object.prototype, name, {
      configurable: true,
      get() {
        counts[name] = (counts[name] ?? 0) + 1;
        return undefined;
      },
      set(value) {
        defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
  let result;
  try {
    result = call();
  } finally {
    for (const name of names) delete Object.prototype[name];
  }
  await PagePromise.resolve(result).catch(() => {});
  kit.note({ ...counts });
};

export const cases = {
  ...Object.fromEntries(rows),
  'reads of Object.prototype: fetch': (kit) => countReads(kit, () => fetch(kit.url())),
  'reads of Object.prototype: fetch with options': (kit) =>
    countReads(kit, () => fetch(kit.url(), { cache: 'no-store' })),
  'reads of Object.prototype: fetch with all': (kit) =>
    countReads(kit, () => fetch(kit.url(), { method: 'PUT', headers: { 'X-Page': '1' }, body: 'x' })),
  'reads of Object.prototype: fetch with a list': (kit) =>
    countReads(kit, () => fetch(kit.url(), { headers: [['X-Page', '1']] })),
  'reads of Object.prototype: request': (kit) => {
    const request = new Request(kit.url());
    return countReads(kit, () => fetch(request));
  },
  'reads of Object.prototype: request and options': (kit) => {
    const request = new Request(kit.url());
    return countReads(kit, () => fetch(request, { headers: { 'X-Page': '1' } }));
  },
  'reads of Object.prototype: XMLHttpRequest': (kit) => {
    const xhr = new XMLHttpRequest();
    return countReads(kit, () => {
      xhr.open('GET', kit.url());
      xhr.setRequestHeader('X-Page', '1');
      xhr.send();
    });
  },
  'values on Object.prototype: method': async (kit) => {
    Object.prototype.method = 'PUT';
    const sent = [fetch(kit.url('1')), fetch(kit.url('2'), {}), fetch(kit.url('3'), Object.create(null))];
    delete Object.prototype.method;
    await Promise.all(sent);
  },
  'values on Object.prototype: headers': async (kit) => {
    Object.prototype.headers = { 'X-Page': '1' };
    const sent = [fetch(kit.url('1')), fetch(kit.url('2'), {}), fetch(kit.url('3'), Object.create(null))];
    delete Object.prototype.headers;
    await Promise.all(sent);
  },
  'names on Object.prototype that can be listed': async (kit) => {
    Object.prototype['X-Listed'] = '1';
    const sent = [fetch(kit.url('1'), { headers: { 'X-Page': '1' } }), fetch(kit.url('2'))];
    delete Object.prototype['X-Listed'];
    await Promise.all(sent);
  },
  'own then of Promise': async (kit) => {
    const native = Promise.prototype.then;
    let calls = 0;
    setThen(function (...args) {
      calls++;
      return native.apply(this, args);
    });
    const sent = fetch(kit.url());
    setThen(native);
    kit.note(calls);
    await sent;
  },
  'throwing then of Promise': async (kit) => {
    const native = Promise.prototype.then;
    setThen(nothing);
    let sent;
    try {
      sent = fetch(kit.url());
    } catch (error) {
      sent = error;
    }
    setThen(native);
    kit.note(sent instanceof Promise, await sent);
  },
  'own species of Promise': async (kit) => {
    const descriptor = Object.getOwnPropertyDescriptor(Promise, Symbol.species);
    let reads = 0;
    Object.defineProperty(Promise, Symbol.species, { configurable: true, get: () => reads++ && undefined });
    const sent = fetch(kit.url());
    Object.defineProperty(Promise, Symbol.species, descriptor);
    kit.note(reads);
    await sent;
  },
  'toJSON on Array, as prototype.js had': async (kit) => {
    Array.prototype.toJSON = () => 'wrong';
    const response = await fetch(kit.url());
    const stored = localStorage.length;
    delete Array.prototype.toJSON;
    return [response.status, stored < 2];
  },
};
