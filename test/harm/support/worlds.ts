import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PagePlan } from './run-page.js';

type World = Omit<PagePlan, 'group' | 'cases'>;

const frozen = (object: string): World => ({ before: `Object.freeze(${object});` });

const throwing = (owner: string, name: string): World => ({
  before: `Object.defineProperty(${owner}, '${name}', { configurable: true, get() { throw new Error('blocked'); } });`,
});

const missing = (owner: string, name: string): World => ({ before: `delete ${owner}.${name};` });

/** Counts calls of a function that the page has wrapped before the agent came. */
const wrapped = (body: string): World => ({
  before: `window.counts = { fetch: 0 };
    const browserFetch = window.fetch;
    window.fetch = function fetch(...args) {
      // What the agent sends passes here too, as it came later; when, is not the page's matter.
      if (typeof args[0] !== 'string' || !args[0].endsWith('/v1/traces')) window.counts.fetch++;
      ${body}
    };`,
});

/**
 * What the page has lost after the agent has come. Not `Date`, `performance.now`, `Map` and such, which web-vitals uses in
 * its own callbacks: it throws there, and the page hears of it as of an uncaught error.
 */
const brokenLater: Record<string, World> = Object.fromEntries(
  [
    ...[
      'performance.getEntriesByName',
      'Map.prototype.get',
      'window.TextEncoder',
      'window.crypto',
      'window.URL',
    ],
    ...['history.pushState', 'navigator.sendBeacon', 'JSON.parse', 'Array.prototype.flatMap'],
    ...['Object.assign', 'Object.fromEntries', 'window.CustomEvent'],
  ].map((path): [string, World] => {
    const [, owner, name] = /(.*)\.(\w+)$/.exec(path) ?? [];
    // Back again before the results are written, which needs them too.
    const after = `(() => { const owner = ${owner}; const found = Object.getOwnPropertyDescriptor(owner, '${name}');
      Object.defineProperty(owner, '${name}', { configurable: true, writable: true,
        value: function broken() { throw new Error('broken by the page'); } });
      window[Symbol.for('harm.clean')] = () => {
        delete owner.${name};
        if (found) Object.defineProperty(owner, '${name}', found);
      }; })();`;
    return [`${path} is broken later`, { after }];
  }),
);

const STRICT = [
  "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*",
  "img-src data:; require-trusted-types-for 'script'; trusted-types 'none'",
].join('; ');

/** A wrapper that looks at the options it gets, and writes to them. */
const CSRF = `const browserFetch = window.fetch;
  const withToken = async (url, init = {}) => {
    if (init.headers instanceof Headers) init.headers.set('X-Token', 't');
    else if (Array.isArray(init.headers)) init.headers = [...init.headers, ['X-Token', 't']];
    else if (init.headers && Symbol.iterator in init.headers) init.headers = [...init.headers, ['X-Token', 't']];
    else if (!init.headers) init.headers = { 'X-Token': 't' };
    else init.headers = { ...init.headers, 'X-Token': 't' };
    return browserFetch(url, init);
  };`;

/** zone.js patches what the agent patches, and promises, timers and listeners besides. */
const ZONE = readFileSync(fileURLToPath(import.meta.resolve('zone.js')), 'utf8');

/** Pages that are not as the standard has them, by what is odd about them. */
export const WORLDS: Record<string, World> = {
  'zone.js is loaded': { before: ZONE, isLate: true },
  'XMLHttpRequest.prototype is frozen': frozen('XMLHttpRequest.prototype'),
  'fetch is frozen': frozen('window.fetch'),
  'History.prototype is frozen': frozen('History.prototype'),
  'EventTarget.prototype is frozen': frozen('EventTarget.prototype'),
  'all prototypes are frozen': {
    before: `for (const { prototype } of [Object, Function, Array, Promise, String, RegExp, Map, Set, WeakMap, Error,
      Request, Response, Headers, XMLHttpRequest, History, EventTarget, Event, Storage, Performance, URL])
      Object.freeze(prototype);`,
  },
  'all builtins are frozen': {
    before: `for (const builtin of [Object, Function, Array, Promise, String, RegExp, Map, Set, WeakMap, Error, JSON, Math,
      Reflect, Date, Request, Response, Headers, XMLHttpRequest, History, EventTarget, URL, Symbol, Number, Proxy])
      Object.freeze(builtin), builtin.prototype && Object.freeze(builtin.prototype);`,
  },
  'fetch cannot be written': { before: `Object.defineProperty(window, 'fetch', { writable: false });` },
  'fetch cannot be changed': {
    before: `Object.defineProperty(window, 'fetch', { writable: false, configurable: false });`,
  },
  'fetch is a getter': {
    before: `const browserFetch = window.fetch;
      Object.defineProperty(window, 'fetch', { get: () => browserFetch, configurable: true, enumerable: true });`,
  },
  'open cannot be changed': {
    before: `Object.defineProperty(XMLHttpRequest.prototype, 'open', { writable: false, configurable: false });`,
  },
  'send is a getter': {
    before: `const { send } = XMLHttpRequest.prototype;
      Object.defineProperty(XMLHttpRequest.prototype, 'send', { get: () => send, configurable: true });`,
  },
  'fetch is wrapped': wrapped('return browserFetch.apply(this, args);'),
  'fetch is wrapped by an async function': wrapped('return (async () => browserFetch(...args))();'),
  'fetch gives a promise with a property': wrapped(
    `return Object.assign(browserFetch.apply(this, args), { page: 'cancel' });`,
  ),
  'fetch gives a promise of a class': wrapped(
    `class PagePromise extends Promise { get page() { return 'of a class'; } }
     return PagePromise.resolve(browserFetch.apply(this, args));`,
  ),
  'fetch is wrapped, adds a header, and is bound': {
    before: `${CSRF} window.fetch = withToken.bind(window);`,
  },
  'fetch is wrapped, adds a header, and is a Proxy': {
    before: `${CSRF} window.fetch = new Proxy(browserFetch, { apply: (_, self, args) => withToken(...args) });`,
  },
  'fetch is bound': { before: 'window.fetch = window.fetch.bind(window);' },
  'XMLHttpRequest is a subclass': {
    before: `window.XMLHttpRequest = class extends XMLHttpRequest { constructor() { super(); this.page = 1; } };`,
  },
  'Request is a subclass': { before: `window.Request = class extends Request {};` },
  'Response is a subclass': { before: `window.Response = class extends Response {};` },
  'open and send are wrapped': {
    before: `window.counts = { open: 0, send: 0 };
      for (const name of ['open', 'send']) {
        const native = XMLHttpRequest.prototype[name];
        XMLHttpRequest.prototype[name] = function () { window.counts[name]++; return native.apply(this, arguments); };
      }`,
  },
  'fetch is wrapped later': { after: wrapped('return browserFetch.apply(this, args);').before ?? '' },
  'Object.prototype has names that can be listed': {
    before: `Object.prototype.each = function each() {}; Array.prototype.each = function each() {};`,
  },
  'Object.prototype has accessors': {
    before: `const names = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'traceparent'];
      for (const name of names) Object.defineProperty(Object.prototype, name, { configurable: true, get: () => undefined,
        set(value) { Object.defineProperty(this, name,
          { __proto__: null, value, writable: true, enumerable: true, configurable: true }); } });
      window[Symbol.for('harm.clean')] = () => { for (const name of names) delete Object.prototype[name]; };`,
  },
  'prototype.js is there': {
    before: `Array.prototype.toJSON = function () { return 'wrong'; };
      Array.from = (list) => { const array = []; for (let at = 0; at < list.length; at++) array.push(list[at]); return array; };
      window[Symbol.for('harm.clean')] = () => { delete Array.prototype.toJSON; };`,
  },
  'toJSON is on all prototypes': {
    before: `for (const { prototype } of [Array, String, Date, Number, Boolean, Object])
      Object.defineProperty(prototype, 'toJSON', { configurable: true, writable: true, value: () => 'wrong' });
      window[Symbol.for('harm.clean')] = () => { for (const { prototype } of [Array, String, Number, Boolean, Object])
        delete prototype.toJSON; };`,
  },
  'the iterator of arrays is another one': {
    before: `const iterator = Array.prototype[Symbol.iterator];
      Array.prototype[Symbol.iterator] = function () { return iterator.call(this); };`,
  },
  ...brokenLater,
  'storage is blocked': throwing('window', 'localStorage'),
  'storage is full': {
    before: `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };`,
  },
  'the stored session is broken': { before: `localStorage.setItem('rootspan.session', '{"id":1');` },
  'the stored session is of another shape': { before: `localStorage.setItem('rootspan.session', 'null');` },
  'crypto is missing': { ...missing('window', 'crypto'), isUnfit: true },
  'Navigation API is missing': missing('window', 'navigation'),
  'performance observer is missing': missing('window', 'PerformanceObserver'),
  'PerformanceObserver throws': {
    before: `window.PerformanceObserver = class { constructor() { throw new Error('blocked'); } };`,
  },
  'URL is another one': {
    isUnfit: true,
    before: `window.URL = function URL(text) { return { href: text, toString: () => text }; };`,
  },
  ...Object.fromEntries(
    ['AbortSignal', 'Request', 'Headers', 'Response', 'History', 'Reflect', 'Proxy'].map((name) => [
      `${name} is gone later`,
      { after: `window[Symbol.for('harm.clean')] = undefined; delete window.${name};` },
    ]),
  ),
  'AbortSignal is missing': missing('window', 'AbortSignal'),
  'a global named rootspan is there': { before: `window.rootspan = { page: true };` },
  'an element named rootspan is there': {
    after: `document.documentElement.append(Object.assign(document.createElement('a'), { id: 'rootspan' }));`,
  },
  'strict policy and trusted types': { responseHeaders: { 'Content-Security-Policy': STRICT } },
  'a sampled-out session': { attributes: 'data-service-name="harm" data-sample-rate="0"' },
  'agent without a configuration': { attributes: '' },
};
