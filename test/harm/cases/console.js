const METHODS = ['debug', 'log', 'info', 'warn', 'error'];

export const cases = {
  'names of the console': () => Object.getOwnPropertyNames(console).sort(),
  'symbols of the console': () => Object.getOwnPropertySymbols(console).map(String),
  ...Object.fromEntries(
    METHODS.flatMap((name) => [
      [
        `${name}: form`,
        () => {
          const { name: own, length } = console[name];
          const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(console, name);
          return [own, length, writable, enumerable, configurable, Reflect.ownKeys(console[name])];
        },
      ],
      [`${name}: returns nothing`, () => [console[name](`${name} of a case`), console[name]()]],
      [
        `${name}: without the console`,
        () => {
          const call = console[name];
          return [call('alone'), call.call(null, 'null'), Reflect.apply(call, 7, ['seven'])];
        },
      ],
      [`${name}: no constructor`, ({ outcome }) => outcome(() => new console[name]('new'))],
      [
        `${name}: objects of the page are not read`,
        ({ note }) => {
          const watched = {
            get value() {
              note('getter');
              return 1;
            },
            toString: () => note('toString'),
            toJSON: () => note('toJSON'),
            [Symbol.toPrimitive]: () => note('toPrimitive'),
          };
          console[name](watched, [watched], new Map([[watched, watched]]));
        },
      ],
      [
        `${name}: every kind of value`,
        () =>
          console[name](
            undefined,
            null,
            0,
            -0,
            NaN,
            1n,
            '',
            Symbol('s'),
            () => {},
            {},
            [],
            Object.create(null),
            document,
          ),
      ],
    ]),
  ),
  'formats stay': () => console.error('%s is %d %c red', 'text', 7, 'color: red'),
  'an error': () => console.error(Object.assign(new Error('told'), { stack: 'no stack' })),
  'a revoked proxy': ({ outcome }) => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return outcome(() => console.warn('revoked', typeof proxy));
  },
  'a method that the page wraps later': ({ note }) => {
    const before = console.error;
    console.error = function (...args) {
      note(args.length, this === console);
      return before.apply(this, args);
    };
    const result = console.error('wrapped', 2);
    console.error = before;
    return [result, console.error === before];
  },
};
