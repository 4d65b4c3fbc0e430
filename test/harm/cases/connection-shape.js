// WebSocket, EventSource and sendBeacon as a page can look at them, and what they make of wrong arguments.

/** Notes the word, and gives nothing. */
const after = (kit, word) => {
  kit.note(word);
};

const CLASSES = { WebSocket, EventSource };
const address = (kit, name) => (name === 'WebSocket' ? kit.url().replace('http', 'ws') : kit.url());

/** Makes one, closes it, and tells what it is. */
const make = (kit, name, build) =>
  kit.attempt(() => {
    const object = build(CLASSES[name], address(kit, name));
    const seen = {
      tag: Object.prototype.toString.call(object),
      isInstance: object instanceof CLASSES[name],
      isNative: Object.getPrototypeOf(object) === CLASSES[name].prototype,
      isOfClass: object.constructor === CLASSES[name],
      constructor: object.constructor?.name,
      url: object.url === address(kit, name),
      readyState: object.readyState,
      ownKeys: Reflect.ownKeys(object).map(String),
    };
    CLASSES[name].prototype.close.call(object);
    return { ...seen, after: object.readyState };
  });

class Target {}

const ARGUMENTS = {
  nothing: () => [],
  undefined: () => [undefined],
  null: () => [null],
  'an empty text': () => [''],
  'a wrong URL': () => ['http://['],
  'another scheme': () => ['ftp://a.test/'],
  'a fragment': (kit) => [`${kit.url()}#part`],
  'a symbol': () => [Symbol('url')],
  'a counted object': (kit) => [{ toString: () => after(kit, 'text') ?? 'ftp://a.test' }],
  'an object that throws': () => [
    {
      toString() {
        throw new RangeError('of the page');
      },
    },
  ],
  'wrong second': (kit) => [kit.url(), 7],
  'the same twice': (kit) => [kit.url(), ['a', 'a']],
  'an odd name': (kit) => [kit.url(), 'a b'],
  'counted options': (kit) => [
    'http://[',
    {
      get withCredentials() {
        return kit.note('withCredentials');
      },
      get [Symbol.iterator]() {
        return kit.note('iterator');
      },
    },
  ],
};

const shapeRows = (name) => {
  const Class = CLASSES[name];
  const { prototype } = Class;
  // What can be seen of it without a call is in `surface.js`.
  const rows = {
    'the class is that of its prototype': () => [
      prototype.constructor === Class,
      window[name] === Class,
      Object.getPrototypeOf(Class) === EventTarget,
    ],
    'as a text': () => /\[native code\]/.test(`${Class}`),
    'called without new': ({ attempt, url }) => attempt(() => Class(url())),
    'called on an object': ({ attempt, url }) => attempt(() => Class.call({}, url())),
    'called on the prototype': ({ attempt, url }) => attempt(() => Class.apply(prototype, [url()])),
    made: (kit) => make(kit, name, (Native, url) => new Native(url)),
    'made of a URL object': (kit) => make(kit, name, (Native, url) => new Native(new URL(url))),
    'made by a bound class': (kit) => make(kit, name, (Native, url) => new (Native.bind(null, url))()),
    'made by Reflect.construct': (kit) => make(kit, name, (Native, url) => Reflect.construct(Native, [url])),
    'made with another target': (kit) =>
      make(kit, name, (Native, url) => Reflect.construct(Native, [url], Target)),
    'made with a target that throws': (kit) =>
      make(kit, name, (Native, url) =>
        Reflect.construct(
          Native,
          [url],
          new Proxy(() => {}, {
            get(_, key) {
              kit.note('get', String(key));
              throw new RangeError('of the page');
            },
          }),
        ),
      ),
    'made by a class that extends it': (kit) =>
      make(kit, name, (Native, url) => {
        class Extended extends Native {
          own = 1;
          constructor(...given) {
            kit.note(new.target === Extended, given.length);
            super(...given);
            kit.note(this.own, this.readyState, super.readyState);
          }
        }
        return new Extended(url);
      }),
    'made by a function that extends it': (kit) =>
      make(kit, name, (Native, url) => {
        function Old(...given) {
          return Reflect.construct(Native, given, new.target);
        }
        Old.prototype = Object.create(Native.prototype, { constructor: { value: Old } });
        return new Old(url);
      }),
    'a static of the page': () => {
      Class.page = 1;
      const seen = [Class.page, Object.keys(Class).includes('page'), delete Class.page, Class.page ?? 'gone'];
      return seen;
    },
    'a method of the page on the prototype': () => {
      prototype.page = () => 1;
      const object = Object.create(prototype);
      const seen = [object.page(), delete prototype.page];
      return seen;
    },
    'replaced and put back': (kit) => {
      const before = window[name];
      window[name] = function Wrapped(...given) {
        kit.note('wrapped', given.length);
        return new before(...given);
      };
      const object = new window[name](address(kit, name));
      window[name] = before;
      object.close();
      return [window[name] === Class, object instanceof Class];
    },
    ...Object.fromEntries(
      Object.entries(ARGUMENTS).map(([label, give]) => [
        `made of ${label}`,
        async (kit) => {
          const result = kit.attempt(() => {
            const object = new Class(...give(kit));
            object.close();
            return [object.url.replace(/\?.*/, ''), object.readyState];
          });
          await kit.sleep(20);
          return result;
        },
      ]),
    ),
  };
  for (const method of ['close', 'send'].filter((key) => key in prototype)) {
    for (const [label, self] of Object.entries({
      nothing: undefined,
      'an object': {},
      'the prototype': prototype,
    }))
      rows[`${method} of ${label}`] = ({ attempt, note }) =>
        attempt(() => prototype[method].call(self, { toString: () => note('read') }));
    rows[`${method} as a class`] = ({ attempt }) => attempt(() => new prototype[method]());
    rows[`${method} as a text`] = () => /\[native code\]/.test(`${prototype[method]}`);
  }
  return Object.entries(rows).map(([label, run]) => [`${name}: ${label}`, run]);
};

const beacon = (label, give, isOurs = true) => [
  `sendBeacon: ${label}`,
  async (kit) => {
    const result = kit.attempt(() => navigator.sendBeacon(...give(kit)));
    if (isOurs && result === true) await kit.seen();
    return result;
  },
];

const beaconRows = [
  ['sendBeacon: descriptor', ({ describeProperty }) => describeProperty(Navigator.prototype, 'sendBeacon')],
  ['sendBeacon: no own property', () => Reflect.ownKeys(navigator).map(String)],
  ['sendBeacon: as a class', ({ attempt }) => attempt(() => new navigator.sendBeacon('/'))],
  ['sendBeacon: of an object', (kit) => kit.attempt(() => navigator.sendBeacon.call({}, kit.url()))],
  [
    'sendBeacon: detached',
    (kit) => {
      const { sendBeacon } = navigator;
      return kit.attempt(() => sendBeacon(kit.url()));
    },
  ],
  [
    'sendBeacon: of an object, not read',
    (kit) => kit.attempt(() => navigator.sendBeacon.call({}, { toString: () => kit.note('read') })),
  ],
  ...Object.entries(ARGUMENTS)
    .filter(([label]) => !/fragment|second|twice|odd/.test(label))
    .map(([label, give]) => beacon(label, give, false)),
  ...Object.entries({
    text: () => 'body',
    'text that is not ASCII': () => 'Grüße',
    'an empty text': () => '',
    null: () => null,
    number: () => 7,
    Blob: () => new Blob(['body'], { type: 'text/plain' }),
    'Blob of JSON': () => new Blob(['{}'], { type: 'application/json' }),
    ArrayBuffer: () => new ArrayBuffer(5),
    'part of a buffer': () => new Uint8Array(9).subarray(3),
    parameters: () => new URLSearchParams({ a: '1' }),
    'too much': () => 'x'.repeat(66_000),
    'a stream': () => new ReadableStream(),
    'a detached buffer': () => {
      const buffer = new ArrayBuffer(5);
      structuredClone(buffer, { transfer: [buffer] });
      return buffer;
    },
    'a counted object': (kit) => ({
      toString: () => after(kit, 'text') ?? 'body',
      get size() {
        return kit.note('size');
      },
      get byteLength() {
        return kit.note('byteLength');
      },
    }),
    'a text object that throws': () => ({
      toString() {
        throw new RangeError('of the page');
      },
    }),
  }).map(([label, body]) => beacon(`with ${label}`, (kit) => [kit.url(), body(kit)])),
  beacon('of a URL object', (kit) => [new URL(kit.url()), 'body']),
  beacon('of a path', (kit) => [kit.path, 'body']),
  beacon('to another origin', (kit) => [kit.other(), 'body']),
  beacon('with three arguments', (kit) => [kit.url(), 'body', 'more']),
];

export const cases = Object.fromEntries([
  ...shapeRows('WebSocket'),
  ...shapeRows('EventSource'),
  ...beaconRows,
]);
