import { spied } from './fetch-arguments.js';

const noted = ({ note }, text) => ({
  toString() {
    note(`toString ${text}`);
    return text;
  },
});

class OwnHeaders extends Headers {
  get(name) {
    return super.get(name);
  }
}

/** An iterable that notes each step. */
const watched = ({ note }, pairs, { throwsAt = -1 } = {}) => ({
  get [Symbol.iterator]() {
    note('get iterator');
    return () => {
      let index = 0;
      note('iterate');
      return {
        next() {
          note(`next ${index}`);
          if (index === throwsAt) throw new RangeError('of the page');
          return index < pairs.length
            ? { value: pairs[index++], done: false }
            : { value: undefined, done: true };
        },
        return() {
          note('return');
          return {};
        },
      };
    };
  },
});

const HEADERS = {
  undefined: () => undefined,
  null: () => null,
  text: () => 'X-Page: 1',
  'empty text': () => '',
  number: () => 1,
  true: () => true,
  symbol: () => Symbol('page'),
  function: () => Object.assign(() => {}, { 'X-Page': '1' }),
  'empty record': () => ({}),
  record: () => ({ 'X-Page': '1', accept: 'text/page', 'x-lower': 'a' }),
  'frozen record': () => Object.freeze({ 'X-Page': '1' }),
  'record without prototype': () => Object.assign(Object.create(null), { 'X-Page': '1' }),
  'record with inherited names': () =>
    Object.assign(Object.create({ 'X-Inherited': '1' }), { 'X-Page': '1' }),
  'record with a hidden name': () => Object.defineProperty({ 'X-Page': '1' }, 'X-Hidden', { value: '1' }),
  'record with a symbol key': () => ({ 'X-Page': '1', [Symbol('page')]: '1' }),
  'record with getters': ({ note }) => ({
    get 'X-B'() {
      note('B');
      return 'b';
    },
    get 'X-A'() {
      note('A');
      return 'a';
    },
  }),
  'record with a throwing getter': () => ({
    get 'X-A'() {
      throw new RangeError('of the page');
    },
  }),
  'record with numbers as names': () => ({ 2: 'b', 1: 'a', 'X-Page': 'c' }),
  'proxied record': (kit) => spied(kit, { 'X-Page': '1', 'X-More': '2' }),
  'class instance': () =>
    new (class {
      'X-Page' = '1';
    })(),
  'the same name in two cases': () => ({ 'X-Page': '1', 'x-page': '2' }),
  'values of every kind': () => ({
    'X-A': null,
    'X-B': undefined,
    'X-C': 1,
    'X-D': true,
    'X-E': [1, 2],
    'X-F': {},
  }),
  'value symbol': () => ({ 'X-Page': Symbol('page') }),
  'values with counted toString': (kit) => ({ 'X-A': noted(kit, 'a'), 'X-B': noted(kit, 'b') }),
  'a wrong name before a counted value': (kit) => ({ 'no good': 'x', 'X-B': noted(kit, 'b') }),
  'value with throwing toString': () => ({
    'X-A': {
      toString() {
        throw new RangeError('of the page');
      },
    },
  }),
  'empty value': () => ({ 'X-Page': '' }),
  'value with spaces around': () => ({ 'X-Page': ' \t a b \t ' }),
  'value with a newline': () => ({ 'X-Page': 'a\nb' }),
  'value with a zero byte': () => ({ 'X-Page': 'a\0b' }),
  'value in Latin 1': () => ({ 'X-Page': 'é' }),
  'value beyond Latin 1': () => ({ 'X-Page': '€' }),
  'name empty': () => ({ '': 'x' }),
  'name with a space': () => ({ 'X Page': 'x' }),
  'name with a colon': () => ({ 'X-Page:': 'x' }),
  'name beyond Latin 1': () => ({ 'X-€': 'x' }),
  'forbidden names': () => ({ Host: 'page', Cookie: 'a=b', Origin: 'http://page', 'X-Page': '1' }),
  'own content type': () => ({ 'Content-Type': 'application/page' }),
  'list of pairs': () => [
    ['X-Page', '1'],
    ['x-other', '2'],
    ['X-Page', '3'],
  ],
  'frozen list': () => Object.freeze([Object.freeze(['X-Page', '1'])]),
  'empty list': () => [],
  'list with an empty pair': () => [[]],
  'list with one element': () => [['X-Page']],
  'list with three elements': () => [['X-Page', '1', '2']],
  'list of texts': () => ['ab', 'cd'],
  'list of numbers': () => [1],
  'list with null': () => [null],
  'list with a hole': () => Array.from({ length: 2 }).fill(['X-Page', '1'], 1),
  'list with properties': () => Object.assign([['X-Page', '1']], { 'X-More': '2' }),
  'list of counted values': (kit) => [
    [noted(kit, 'X-A'), noted(kit, '1')],
    [noted(kit, 'X-B'), noted(kit, '2')],
  ],
  'list of sets': () => [new Set(['X-Page', '1'])],
  'list of generators': () => [
    (function* pair() {
      yield 'X-Page';
      yield '1';
    })(),
  ],
  'list of a proxy of a pair': (kit) => [
    new Proxy(['X-Page', '1'], {
      get: (pair, key) => {
        kit.note(String(key));
        return pair[key];
      },
    }),
  ],
  'list of a set with a traceparent': () => [
    new Set(['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']),
  ],
  'list of watched pairs': (kit) => [watched(kit, ['X-Page', '1']), watched(kit, ['X-More', '2'])],
  'list with a wrong pair before a watched one': (kit) => [['X-Page'], watched(kit, ['X-More', '2'])],
  map: () =>
    new Map([
      ['X-Page', '1'],
      ['X-More', '2'],
    ]),
  'set of pairs': () => new Set([['X-Page', '1']]),
  generator: function* generator() {
    yield ['X-Page', '1'];
    yield ['X-More', '2'];
  },
  'generator that has run': () => {
    const used = (function* () {
      yield ['X-Page', '1'];
    })();
    used.next();
    return used;
  },
  'watched iterable': (kit) =>
    watched(kit, [
      ['X-Page', '1'],
      ['X-More', '2'],
    ]),
  'iterable with a wrong pair': (kit) => watched(kit, [['X-Page', '1'], ['X-More'], ['X-Last', '3']]),
  'iterable with a wrong name': (kit) =>
    watched(kit, [
      ['X-Page', '1'],
      ['no good', '2'],
      ['X-Last', '3'],
    ]),
  'iterable that throws': (kit) =>
    watched(
      kit,
      [
        ['X-Page', '1'],
        ['X-More', '2'],
      ],
      { throwsAt: 1 },
    ),
  'iterator undefined': () => ({ 'X-Page': '1', [Symbol.iterator]: undefined }),
  'iterator null': () => ({ 'X-Page': '1', [Symbol.iterator]: null }),
  'iterator number': () => ({ 'X-Page': '1', [Symbol.iterator]: 1 }),
  'iterator that gives nothing': () => ({ [Symbol.iterator]: () => undefined }),
  Headers: () => new Headers({ 'X-Page': '1', b: '2', a: '3' }),
  'empty Headers': () => new Headers(),
  'subclass of Headers': () => new OwnHeaders({ 'X-Page': '1' }),
  'Headers with another iterator': () =>
    Object.assign(new Headers({ 'X-Page': '1' }), {
      *[Symbol.iterator]() {
        yield ['X-Other', '2'];
      },
    }),
  'Headers without iterator': () =>
    Object.assign(new Headers({ 'X-Page': '1' }), { [Symbol.iterator]: undefined }),
  'Headers with properties': () => Object.assign(new Headers({ 'X-Page': '1' }), { 'X-More': '2' }),
  'Headers of a request': ({ url }) => new Request(url(), { headers: { 'X-Page': '1' } }).headers,
  'Headers of another frame': async ({ frame }) => new (await frame()).Headers({ 'X-Page': '1' }),
  'list of another frame': async ({ frame }) => (await frame()).Array.of(['X-Page', '1']),
  'record of another frame': async ({ frame }) => (await frame()).JSON.parse('{"X-Page":"1"}'),
  'search parameters': () => new URLSearchParams('X-Page=1&X-More=2'),
  'form data': () => {
    const form = new FormData();
    form.set('X-Page', '1');
    return form;
  },
};

const TRACEPARENT = '00-11111111111111111111111111111111-2222222222222222-01';
const OWN = {
  record: () => ({ traceparent: TRACEPARENT }),
  'record in capitals': () => ({ TraceParent: TRACEPARENT }),
  'list of pairs': () => [['TRACEPARENT', TRACEPARENT]],
  'list with a text object': () => [[{ toString: () => 'traceparent' }, TRACEPARENT]],
  map: () => new Map([['traceparent', TRACEPARENT]]),
  Headers: () => new Headers({ Traceparent: TRACEPARENT }),
  'no proper value': () => ({ traceparent: 'of the page' }),
  'empty value': () => ({ traceparent: '' }),
  'tracestate alone': () => ({ tracestate: 'page=1' }),
  'both fields': () => ({ tracestate: 'page=1', traceparent: TRACEPARENT }),
};

const each = (table, make) =>
  Object.fromEntries(Object.entries(table).flatMap(([name, build]) => make(name, build)));

export const cases = {
  ...each(HEADERS, (name, build) => [
    [
      `fetch with ${name}`,
      async (kit) => {
        const headers = await build(kit);
        return kit.outcome(() => fetch(kit.url(), { headers }));
      },
    ],
    [
      `request and options with ${name}`,
      async (kit) => {
        const headers = await build(kit);
        const request = new Request(kit.url(), { method: 'PUT', headers: { 'X-Request': '1' } });
        const result = await kit.settle(() => fetch(request, { headers }));
        return { result, after: [...request.headers] };
      },
    ],
  ]),
  ...each(OWN, (name, build) => [
    [`own trace header: ${name}`, (kit) => kit.settle(() => fetch(kit.url(), { headers: build(kit) }))],
    [
      `own trace header of a request: ${name}`,
      (kit) => kit.settle(() => fetch(new Request(kit.url(), { headers: build(kit) }))),
    ],
    [
      `own trace header of options beside a request: ${name}`,
      (kit) => kit.settle(() => fetch(new Request(kit.url()), { headers: build(kit) })),
    ],
    [
      `own trace header to another origin: ${name}`,
      (kit) => kit.settle(() => fetch(kit.other(), { headers: build(kit) })),
    ],
  ]),
  'own trace header of a request, other headers in the options': ({ settle, url }) =>
    settle(() =>
      fetch(new Request(url(), { headers: { traceparent: TRACEPARENT } }), { headers: { 'X-Page': '1' } }),
    ),
  'own trace header twice': ({ settle, url }) =>
    settle(() =>
      fetch(url(), {
        headers: [
          ['traceparent', TRACEPARENT],
          ['Traceparent', 'other'],
        ],
      }),
    ),
  'headers are as they were': async ({ url }) => {
    const headers = new Headers({ 'X-Page': '1' });
    const list = [['X-Page', '1']];
    const map = new Map(list);
    for (const given of [headers, list, map]) await fetch(url(), { headers: given });
    return [[...headers], list, [...map]];
  },
  'headers are used twice': async ({ url }) => {
    const init = { headers: { 'X-Page': '1' } };
    await fetch(url('1'), init);
    await fetch(url('2'), init);
  },
};
