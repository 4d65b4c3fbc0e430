import { spied } from './fetch-arguments.js';

const noted = ({ note }, name, text) => ({
  get toString() {
    note(`get toString of ${name}`);
    return () => {
      note(`toString of ${name}`);
      return text;
    };
  },
  get [Symbol.toPrimitive]() {
    note(`get toPrimitive of ${name}`);
    return undefined;
  },
});

/** Arguments of `open`; `send` follows if it has not thrown. */
const OPENS = {
  none: () => [],
  'method alone': () => ['GET'],
  'method and URL': ({ url }) => ['GET', url()],
  'async true': ({ url }) => ['GET', url(), true],
  'async false': ({ url }) => ['GET', url(), false],
  'async undefined': ({ url }) => ['GET', url(), undefined],
  'async null': ({ url }) => ['GET', url(), null],
  'async 0': ({ url }) => ['GET', url(), 0],
  'async empty text': ({ url }) => ['GET', url(), ''],
  'async object': ({ url }) => ['GET', url(), {}],
  'name and password': ({ url }) => ['GET', url(), true, 'name', 'secret'],
  'name and password null': ({ url }) => ['GET', url(), true, null, null],
  'name and password undefined': ({ url }) => ['GET', url(), true, undefined, undefined],
  'name as an object': (kit) => [
    'GET',
    kit.url(),
    true,
    noted(kit, 'name', 'n'),
    noted(kit, 'password', 'p'),
  ],
  'six arguments': ({ url }) => ['GET', url(), true, null, null, 'more'],
  'lower-case method': ({ url }) => ['post', url()],
  'lower-case patch': ({ url }) => ['patch', url()],
  'own method': ({ url }) => ['PAGE', url()],
  'empty method': ({ url }) => ['', url()],
  'method with a space': ({ url }) => ['GE T', url()],
  'forbidden method': ({ url }) => ['TRACE', url()],
  'method null': ({ url }) => [null, url()],
  'method undefined': ({ url }) => [undefined, url()],
  'method number': ({ url }) => [1, url()],
  'method symbol': ({ url }) => [Symbol('page'), url()],
  'method beyond Latin 1': ({ url }) => ['€', url()],
  'method and URL as counted objects': (kit) => [noted(kit, 'method', 'GET'), noted(kit, 'URL', kit.url())],
  'all counted': (kit) => [
    noted(kit, 'method', 'GET'),
    noted(kit, 'URL', kit.url()),
    true,
    noted(kit, 'name', ''),
    noted(kit, 'password', ''),
  ],
  'method with toPrimitive': ({ url, note }) => [
    { [Symbol.toPrimitive]: (hint) => note(hint) && 'PUT' },
    url(),
  ],
  'throwing method': ({ url }) => [
    {
      toString() {
        throw new RangeError('of the page');
      },
    },
    url(),
  ],
  'throwing URL after a counted method': (kit) => [
    noted(kit, 'method', 'GET'),
    {
      toString() {
        throw new RangeError('of the page');
      },
    },
  ],
  'wrong method before a counted URL': (kit) => ['GE T', noted(kit, 'URL', kit.url())],
  'proxied URL object': (kit) => ['GET', spied(kit, { toString: () => kit.url() })],
  'method without prototype': ({ url }) => [Object.create(null), url()],
  'URL symbol': () => ['GET', Symbol('page')],
  'URL object': ({ url }) => ['GET', new URL(url())],
  'URL of a location': () => ['GET', location],
  'URL null': () => ['GET', null],
  'URL undefined': () => ['GET', undefined],
  'URL number': () => ['GET', 1],
  'URL empty': () => ['HEAD', ''],
  'URL list': ({ url }) => ['GET', [url()]],
  'URL broken': () => ['GET', 'http://['],
  'URL relative': ({ path }) => ['GET', path],
  'URL with a fragment': ({ url }) => ['GET', `${url()}#part`],
  'URL with spaces': ({ url }) => ['GET', ` ${url()}\n`],
  'URL with a lone surrogate': ({ url }) => ['GET', url('\ud800')],
  'URL with raw newline and less-than': ({ url }) => ['GET', `${url()}?m=\n<b`],
  'URL with a name': ({ url }) => ['GET', url().replace('//', '//name:secret@')],
  'data URL': () => ['GET', 'data:text/plain,page'],
  'blob URL': () => ['GET', 'blob:nothing'],
  'file URL': () => ['GET', 'file:///none'],
  'about URL': () => ['GET', 'about:blank'],
  'unknown scheme': () => ['GET', 'unknown:thing'],
};

const HEADERS = {
  plain: [['X-Page', '1']],
  'appended values': [
    ['X-Page', '1'],
    ['x-page', '2'],
    ['X-Page', '3'],
  ],
  'odd values': [
    ['X-A', 1],
    ['X-B', null],
    ['X-C', undefined],
    ['X-D', ' a '],
  ],
  'missing value': [['X-Page']],
  nothing: [[]],
  'bad name': [['no good', '1']],
  'bad value': [['X-Page', 'a\nb']],
  'beyond Latin 1': [['X-Page', '€']],
  symbol: [[Symbol('page'), '1']],
  'symbol value': [['X-Page', Symbol('page')]],
  forbidden: [
    ['Cookie', 'a=b'],
    ['Host', 'page'],
    ['X-Page', '1'],
  ],
  'own trace header': [['traceparent', 'own']],
  'own trace header in capitals': [['TraceParent', 'own']],
  'own trace header by an object': [[{ toString: () => 'traceparent' }, 'own']],
  'own trace header by a String object': [[Object('traceparent'), 'own']],
  'own trace header by a list': [[['traceparent'], 'own']],
  'own trace header twice': [
    ['traceparent', 'one'],
    ['Traceparent', 'two'],
  ],
  'own trace header empty': [['traceparent', '']],
  'tracestate alone': [['tracestate', 'page=1']],
};

const setAll = (kit, xhr, headers) => {
  for (const pair of headers) kit.note(kit.attempt(() => xhr.setRequestHeader(...pair)));
};

const BODIES = {
  nothing: () => [],
  undefined: () => [undefined],
  null: () => [null],
  text: () => ['żółć'],
  'empty text': () => [''],
  number: () => [12],
  object: () => [{}],
  'counted object': (kit) => [noted(kit, 'body', 'counted')],
  symbol: () => [Symbol('page')],
  blob: () => [new Blob(['blob'], { type: 'text/page' })],
  'form data': () => {
    const form = new FormData();
    form.set('a', '1');
    return [form];
  },
  'search parameters': () => [new URLSearchParams({ a: '1' })],
  document: () => [document.implementation.createHTMLDocument('sent')],
  'array buffer': () => [new TextEncoder().encode('buffer').buffer],
  'two arguments': () => ['one', 'two'],
};

const rows = (table, make) => Object.fromEntries(Object.entries(table).map(make));

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

export const cases = {
  'a counted header within send': ({ url, note, attempt }) => {
    const xhr = new XMLHttpRequest();
    const name = { toString: () => note('name') && 'X-Page' };
    xhr.onload = () => note(attempt(() => xhr.setRequestHeader(name, '1')));
    xhr.open('GET', url(), false);
    xhr.send();
  },
  'opened for another origin within open': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.addEventListener('readystatechange', () => xhr.open('GET', kit.other()), { once: true });
      xhr.open('GET', kit.url());
      xhr.send();
    }),
  'a trace header of the page set within open': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      const set = () => xhr.setRequestHeader('TraceParent', TRACEPARENT);
      xhr.addEventListener('readystatechange', set, { once: true });
      xhr.open('GET', kit.url());
      xhr.send();
    }),
  'refused by open after it was opened, with a header': (kit) =>
    kit.exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', kit.url());
      kit.note(kit.attempt(() => xhr.open('GET', 'http://[')));
      xhr.setRequestHeader('traceparent', TRACEPARENT);
      xhr.send();
    }),
  ...rows(OPENS, ([name, build]) => [
    `open with ${name}`,
    async (kit) => {
      const given = build(kit);
      return kit.exchange(new XMLHttpRequest(), (xhr) => {
        kit.note(xhr.open(...given));
        kit.note('opened');
        return xhr.send();
      });
    },
  ]),
  ...rows(HEADERS, ([name, headers]) => [
    `headers: ${name}`,
    (kit) =>
      kit.exchange(new XMLHttpRequest(), (xhr) => {
        xhr.open('GET', kit.url());
        setAll(kit, xhr, headers);
        xhr.send();
      }),
  ]),
  ...rows(HEADERS, ([name, headers]) => [
    `headers to another origin: ${name}`,
    (kit) =>
      kit.exchange(new XMLHttpRequest(), (xhr) => {
        xhr.open('GET', kit.other());
        setAll(kit, xhr, headers);
        xhr.send();
      }),
  ]),
  ...rows(BODIES, ([name, build]) => [
    `body: ${name}`,
    (kit) =>
      kit.exchange(new XMLHttpRequest(), (xhr) => {
        xhr.open('POST', kit.url());
        return xhr.send(...build(kit));
      }),
  ]),
  'headers before open': ({ attempt, note }) =>
    note(attempt(() => new XMLHttpRequest().setRequestHeader('a', 'b'))),
  'headers after send': ({ attempt, note, url, exchange }) =>
    exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url());
      xhr.send();
      note(attempt(() => xhr.setRequestHeader('a', 'b')));
    }),
  'trace header after send': ({ attempt, note, url, exchange }) =>
    exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url());
      xhr.send();
      note(attempt(() => xhr.setRequestHeader('traceparent', TRACEPARENT)));
      note(attempt(() => xhr.setRequestHeader('traceparent')));
    }),
  'trace header as the request begins': ({ attempt, note, url, exchange }) =>
    exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url());
      xhr.onloadstart = () => note(attempt(() => xhr.setRequestHeader('traceparent', TRACEPARENT)));
      xhr.send();
    }),
  'trace header set before the second open is forgotten': ({ url, exchange }) =>
    exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url('first'));
      xhr.setRequestHeader('X-Page', '1');
      xhr.open('GET', url('second'));
      xhr.setRequestHeader('X-More', '2');
      xhr.send();
    }),
  'open fails, the state stays': ({ url, note, attempt, exchange }) =>
    exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url('first'));
      xhr.setRequestHeader('X-Page', '1');
      note(attempt(() => xhr.open('GE T', url('second'))));
      note(attempt(() => xhr.open('GET', 'http://[')));
      note(attempt(() => xhr.open()));
      xhr.send();
    }),
};
