const { prototype } = XMLHttpRequest;
const METHODS = [
  'open',
  'send',
  'setRequestHeader',
  'abort',
  'getAllResponseHeaders',
  'getResponseHeader',
  'overrideMimeType',
];

const wrongThis =
  (name, self, ...args) =>
  ({ outcome }) =>
    outcome(() => prototype[name].call(self, ...args));

export const cases = {
  'an object has no own keys': () => Reflect.ownKeys(new XMLHttpRequest()).map(String),
  'text of the methods': () => METHODS.map((name) => /\[native code\]/.test(`${prototype[name]}`)),
  ...Object.fromEntries(
    METHODS.flatMap((name) => [
      [`${name} on undefined`, wrongThis(name, undefined, 'GET', '/')],
      [`${name} on an object`, wrongThis(name, {}, 'GET', '/')],
      [`${name} on the prototype`, wrongThis(name, prototype, 'GET', '/')],
      [
        `${name} on a proxy`,
        ({ outcome }) => outcome(() => new Proxy(new XMLHttpRequest(), {})[name]('GET', '/')),
      ],
      [`new ${name}`, ({ outcome }) => outcome(() => new prototype[name]('GET', '/'))],
    ]),
  ),
  'open on an object does not read the arguments': ({ outcome, note }) =>
    outcome(() =>
      prototype.open.call({}, { toString: () => note('method') }, { toString: () => note('url') }),
    ),
  'open with one counted argument': ({ outcome, note }) =>
    outcome(() => new XMLHttpRequest().open({ toString: () => note('method') })),
  'setRequestHeader does not read before it checks': ({ outcome, note }) =>
    outcome(() => new XMLHttpRequest().setRequestHeader({ toString: () => note('name') })),
  'send on an object does not read': ({ outcome, note }) =>
    outcome(() => prototype.send.call({}, { toString: () => note('body') })),
  'replaced and put back': ({ note, url, exchange }) => {
    const before = prototype.open;
    prototype.open = function (...args) {
      note('wrapper', args.length);
      return before.apply(this, args);
    };
    const over = exchange(new XMLHttpRequest(), (xhr) => {
      xhr.open('GET', url());
      xhr.send();
    });
    prototype.open = before;
    return over;
  },
  'instance of': () => {
    const xhr = new XMLHttpRequest();
    return [
      xhr instanceof XMLHttpRequest,
      xhr.constructor === XMLHttpRequest,
      Object.prototype.toString.call(xhr),
    ];
  },
};
