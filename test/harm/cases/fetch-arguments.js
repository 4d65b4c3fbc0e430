// What stands in the place of the URL, and what in the place of the options.

/** An object that notes every reading and becomes the text. */
const counted = ({ note }, text) => ({
  get toString() {
    note('get toString');
    return () => {
      note('toString');
      return text;
    };
  },
  get valueOf() {
    note('get valueOf');
    return () => text;
  },
  get [Symbol.toPrimitive]() {
    note('get toPrimitive');
    return undefined;
  },
});

/** Notes what is done to an object, by the names of the traps. */
export const spied = ({ note }, target) => {
  const traps = Reflect.ownKeys(Reflect).filter((name) => typeof name === 'string');
  const handler = Object.fromEntries(
    traps.map((trap) => [
      trap,
      (...args) => {
        note(`${trap} ${typeof args[1] === 'object' ? '' : String(args[1])}`);
        return Reflect[trap](...args);
      },
    ]),
  );
  return new Proxy(target, handler);
};

const INPUTS = {
  'empty text': () => '',
  null: () => null,
  undefined: () => undefined,
  number: () => 12,
  'not a number': () => Number.NaN,
  true: () => true,
  bigint: () => 1n,
  symbol: () => Symbol('page'),
  'plain object': () => ({}),
  'empty list': () => [],
  function: () => function page() {},
  'list with a URL': ({ url }) => [url()],
  'URL object': ({ url }) => new URL(url()),
  'String object': ({ url }) => Object(url()),
  'location object': () => location,
  'anchor element': ({ url }) => Object.assign(document.createElement('a'), { href: url() }),
  'object with counted toString': (kit) => counted(kit, kit.url()),
  'object with toPrimitive': ({ url, note }) => ({
    [Symbol.toPrimitive]: (hint) => {
      note(hint);
      return url();
    },
  }),
  'object without prototype': () => Object.create(null),
  'throwing toString': () => ({
    toString() {
      throw new RangeError('of the page');
    },
  }),
  'toString throws undefined': () => ({
    toString() {
      throw undefined;
    },
  }),
  'toString returns a symbol': () => ({ toString: () => Symbol('page') }),
  'toString returns an object': ({ url }) => ({ toString: () => ({}), valueOf: () => url() }),
  'toString is no function': ({ url }) => ({ toString: 1, valueOf: () => url() }),
  'proxy of a request': ({ url }) => new Proxy(new Request(url()), {}),
  'object with the prototype of Request': () => Object.create(Request.prototype),
  'Request.prototype': () => Request.prototype,
  'scheme alone': () => 'http://',
  'broken host': () => 'http://[',
  'bad port': () => 'http://127.0.0.1:99999/',
  'forbidden port': () => 'http://127.0.0.1:1/',
  'name and password': ({ url }) => url().replace('http://', 'http://name:secret@'),
  'unknown scheme': () => 'unknown:thing',
  'javascript scheme': () => 'javascript:alert(1)',
  'about:blank': () => 'about:blank',
  'file scheme': () => 'file:///etc/none',
  'data URL': () => 'data:text/plain,page',
  'revoked blob URL': () => `blob:${location.origin}/00000000-0000-4000-8000-000000000000`,
  'relative path': ({ path }) => path,
  'relative without slash': ({ path }) => path.slice(1),
  'query alone': () => '?page',
  'fragment alone': () => '#page',
  'URL with fragment': ({ url }) => `${url()}#part`,
  'spaces around': ({ url }) => `  ${url()} \n`,
  'tab inside': ({ url }) => url().replace('/api', '/a\tpi'),
  'raw newline and less-than': ({ url }) => `${url()}?markup=\n<b`,
  'letters beyond ASCII': ({ url }) => url('name=żółć&emoji=😀'),
  'lone surrogate': ({ url }) => url('name=\ud800x'),
  'percent signs': ({ url }) => url('a=%zz&b=%41'),
  'dot segments': ({ path }) => `${path}/../${path.split('/').pop()}?up`,
  backslashes: ({ path }) => path.replaceAll('/', '\\'),
  'capital scheme': ({ url }) => url().replace('http', 'HTTP'),
  'very long': ({ url }) => url(`long=${'x'.repeat(4000)}`),
};

class Options {
  #kit;
  constructor(kit) {
    this.#kit = kit;
  }
  get method() {
    this.#kit.note('method');
    return 'POST';
  }
  get body() {
    this.#kit.note('body');
    return 'of a class';
  }
  get headers() {
    this.#kit.note('headers');
    return { 'X-Page': 'class' };
  }
}

const KEYS = [
  ...[
    'window',
    'signal',
    'referrerPolicy',
    'referrer',
    'redirect',
    'priority',
    'mode',
    'method',
    'keepalive',
  ],
  ...['integrity', 'headers', 'duplex', 'credentials', 'cache', 'body', 'unknown', 'attributionReporting'],
];
const getters = ({ note }, keys, values = {}) =>
  keys.reduce(
    (init, key) =>
      Object.defineProperty(init, key, {
        enumerable: true,
        get() {
          note(`${key} of ${this === init}`);
          return values[key];
        },
      }),
    {},
  );

const INITS = {
  undefined: () => undefined,
  null: () => null,
  'empty object': () => ({}),
  number: () => 1,
  text: () => 'init',
  'empty text': () => '',
  true: () => true,
  symbol: () => Symbol('page'),
  bigint: () => 1n,
  function: () => Object.assign(() => {}, { method: 'PUT' }),
  list: () => Object.assign([], { method: 'PUT' }),
  date: () => new Date(0),
  'regular expression': () => /x/,
  'frozen options': () => Object.freeze({ method: 'PUT', headers: Object.freeze({ 'X-Page': '1' }) }),
  'options of a class with accessors': (kit) => new Options(kit),
  'options on a prototype': () => Object.create({ method: 'PUT', headers: { 'X-Page': 'inherited' } }),
  'options without prototype': () => Object.assign(Object.create(null), { method: 'PUT' }),
  'all members undefined': () => Object.fromEntries(KEYS.map((key) => [key, undefined])),
  'getters in an odd order': (kit) => getters(kit, KEYS),
  'getters with values': (kit) =>
    getters(kit, KEYS, { method: 'POST', body: 'x', headers: { 'X-Page': '1' }, credentials: 'omit' }),
  'getters that are not enumerable': ({ note }) =>
    Object.defineProperty({}, 'method', { get: () => note('method') && 'PUT' }),
  'getter of an unknown member that throws': () =>
    Object.defineProperty({}, 'zzz', {
      enumerable: true,
      get() {
        throw new Error('nobody may ask');
      },
    }),
  'getter of method throws': () => ({
    get method() {
      throw new RangeError('of the page');
    },
  }),
  'getter of headers throws': () => ({
    get headers() {
      throw new RangeError('of the page');
    },
  }),
  'first wrong member wins': ({ note }) => ({
    get cache() {
      note('cache');
      return 'no such';
    },
    get method() {
      note('method');
      return 'GET';
    },
  }),
  'wrong member before the headers': ({ note }) => ({
    cache: 'no such',
    get headers() {
      note('headers');
      throw new Error('too far');
    },
  }),
  'proxied options': (kit) => spied(kit, { method: 'POST', body: 'x', headers: { 'X-Page': '1' }, other: 1 }),
  'empty proxied options': (kit) => spied(kit, {}),
  'revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'method with counted toString': (kit) => ({ method: counted(kit, 'PUT') }),
  'method with throwing toString': () => ({
    method: {
      toString() {
        throw new RangeError('of the page');
      },
    },
  }),
  'lower-case methods': () => ({ method: 'post' }),
  'lower-case patch': () => ({ method: 'patch', body: 'x' }),
  'unknown method': () => ({ method: 'PAGE' }),
  'odd method': () => ({ method: 'X-Page' }),
  'method TRACE': () => ({ method: 'TRACE' }),
  'empty method': () => ({ method: '' }),
  'null method': () => ({ method: null }),
  'method with a space': () => ({ method: 'GE T' }),
  'method symbol': () => ({ method: Symbol('page') }),
  'signal null': () => ({ signal: null }),
  'signal of another kind': () => ({ signal: {} }),
  'signal text': () => ({ signal: 'stop' }),
  'window null': () => ({ window: null }),
  'window of another kind': () => ({ window: {} }),
  'body null': () => ({ body: null }),
  'body with GET': () => ({ body: 'x' }),
};

const rows = (table, title, make) =>
  Object.fromEntries(Object.entries(table).map(([name, build]) => [`${title} ${name}`, make(build)]));

export const cases = {
  'no argument': ({ outcome }) => outcome(() => fetch()),
  'three arguments': ({ outcome, url, note }) =>
    outcome(() =>
      fetch(
        url(),
        { method: 'PUT' },
        {
          get toString() {
            return note('third');
          },
        },
      ),
    ),
  ...rows(INPUTS, 'URL is', (build) => async (kit) => {
    const input = build(kit);
    return kit.outcome(() => fetch(input));
  }),
  ...rows(INITS, 'options are', (build) => async (kit) => {
    const init = build(kit);
    const before =
      typeof init === 'object' && init
        ? JSON.stringify(Object.keys(Reflect.getPrototypeOf(init) ? {} : init))
        : '';
    const result = await kit.outcome(() => fetch(kit.url(), init));
    return { before, result };
  }),
  'URL is converted before the options are read': ({ outcome, url, note }) =>
    outcome(() =>
      fetch(
        { toString: () => note('url') && url() },
        {
          get body() {
            note('body');
            return undefined;
          },
          get method() {
            note('method');
            return 'PUT';
          },
        },
      ),
    ),
  'URL is a blob': async ({ describe }) => {
    const response = await fetch(URL.createObjectURL(new Blob(['page'], { type: 'text/plain' })));
    return [response.status, response.type, await response.text(), describe(response)];
  },
  'a getter changes the base address': async ({ outcome, path, note }) => {
    const base = document.createElement('base');
    const init = {
      get method() {
        note('method');
        base.href = '/api/';
        document.head.append(base);
        return 'PUT';
      },
    };
    const result = await outcome(() => fetch(path.replace('/api/', ''), init));
    base.remove();
    return result;
  },
  'a getter of the options calls fetch itself': ({ outcome, url }) =>
    outcome(() =>
      fetch(url('outer'), {
        get method() {
          fetch(url('inner'));
          return 'PUT';
        },
      }),
    ),
  'options are as they were': async ({ url, describe }) => {
    const init = { method: 'POST', body: 'x', headers: { 'X-Page': '1' } };
    const headers = init.headers;
    await fetch(url(), init);
    return [describe(init), Object.keys(init), Object.keys(headers), init.headers === headers];
  },
};
