// The values of a sequence. A value is a JSON primitive, in whose texts `{own}` and `{other}` stand for the two origins, or
// a list `[kind, ...parts]`, so that it can be printed, repeated and cut down.

const members = {
  data: (object, key, { value }) => define(object, key, { value: value(), writable: true, enumerable: true }),
  hidden: (object, key, { value }) => define(object, key, { value: value() }),
  get: (object, key, { value, note }) =>
    define(object, key, { enumerable: true, get: () => note(`get ${key}`) ?? value() }),
  throw: (object, key, { note }) =>
    define(object, key, { enumerable: true, get: () => note(`get ${key}`) ?? fail(key) }),
  set: (object, key, { note }) => define(object, key, { enumerable: true, set: () => note(`set ${key}`) }),
};

const define = (object, key, descriptor) =>
  Object.defineProperty(object, key, { configurable: true, ...descriptor });

const fail = (text) => {
  throw new RangeError(`of the page: ${text}`);
};

const FLAVOURS = {
  plain: () => ({}),
  null: () => Object.create(null),
  class: () => new (class Options {})(),
  inherits: () => ({}),
  framed: ({ frame }) => new frame.Object(),
  function: () => () => {},
  list: () => [],
};

const bag = (env, flavour, ...parts) => {
  const object = FLAVOURS[flavour](env);
  for (const [key, how, value] of parts) {
    // Each reading gives the same object.
    let made;
    const once = () => {
      made ??= { value: env.make(value) };
      return made.value;
    };
    members[how](object, key, { value: once, note: env.note });
  }
  return flavour === 'inherits' ? Object.create(object) : object;
};

/** Every operation on the object is noted. */
const watched = ({ make, note }, label, target) =>
  new Proxy(
    make(target),
    Object.fromEntries(
      Reflect.ownKeys(Reflect).flatMap((trap) =>
        typeof Reflect[trap] === 'function'
          ? [
              [
                trap,
                (...args) => {
                  note(
                    `${label}: ${trap} ${/^(get|has|set|.*Property.*)$/.test(trap) ? String(args[1]) : ''}`,
                  );
                  return Reflect[trap](...args);
                },
              ],
            ]
          : [],
      ),
    ),
  );

const iterator = ({ make, note }, label, items) => {
  const rest = [...items];
  return {
    next: () => {
      note(`${label} next`);
      const item = rest.shift();
      if (item === 'THROW') fail(label);
      return item === undefined ? { done: true, value: undefined } : { done: false, value: make(item) };
    },
    return: (value) => {
      note(`${label} return`);
      return { done: true, value };
    },
  };
};

const CODER = new TextEncoder();

const KINDS = {
  undefined: () => undefined,
  number: (_, text) => Number(text),
  bigint: (_, text) => BigInt(text),
  symbol: () => Symbol('of the page'),
  function: () => function page() {},
  boxed: ({ make }, value) => Object(make(value)),
  text: ({ make, note }, label, value) => ({ toString: () => note(`${label} toString`) ?? make(value) }),
  valueOf: ({ make, note }, label, value) => ({
    toString: () => note(`${label} toString`) ?? {},
    valueOf: () => note(`${label} valueOf`) ?? make(value),
  }),
  primitive: ({ make, note }, label, value) => ({
    [Symbol.toPrimitive]: (hint) => note(`${label} as ${hint}`) ?? make(value),
  }),
  throws: ({ note }, label) => ({ toString: () => note(`${label} toString`) ?? fail(label) }),
  bag,
  watched,
  list: ({ make }, ...items) => items.map(make),
  frozen: ({ make }, value) => Object.freeze(make(value)),
  iterable: (env, label, ...items) => ({
    get [Symbol.iterator]() {
      env.note(`${label} get iterator`);
      return () => env.note(`${label} iterate`) ?? iterator(env, label, items);
    },
  }),
  generator: function* ({ make, note }, label, ...items) {
    for (const item of items) {
      note(`${label} yields`);
      yield item === 'THROW' ? fail(label) : make(item);
    }
    note(`${label} is over`);
  },
  new: ({ make }, name, ...args) => new window[name](...args.map(make)),
  framed: ({ frame, make }, name, ...args) => new frame[name](...args.map(make)),
  form: (_, ...pairs) => {
    const form = new FormData();
    for (const [name, value] of pairs) form.append(name, value);
    return form;
  },
  bytes: (_, text) => CODER.encode(text),
  buffer: (_, text) => CODER.encode(text).buffer,
  detached: () => {
    const buffer = new ArrayBuffer(5);
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  stream: ({ note }, text) =>
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(CODER.encode(text));
        controller.close();
      },
      cancel: () => note('stream cancelled'),
    }),
  aborted: ({ make }, ...reason) => AbortSignal.abort(...reason.map(make)),
  'framed aborted': ({ frame }) => frame.AbortSignal.abort('framed'),
  live: ({ controller }) => controller.signal,
  any: ({ controller }) => AbortSignal.any([controller.signal]),
  /** The same object wherever the sequence names it. */
  same: ({ make, memory }, name, value) => {
    if (!memory.has(name)) memory.set(name, make(value));
    return memory.get(name);
  },
  circular: () => {
    const object = {};
    object.self = object;
    return object;
  },
};

/** Builds what a value says; `env` is what it may need. */
export const createMake = (env) => {
  const make = (value) => {
    if (typeof value === 'string') return value.replaceAll('{own}', env.own).replaceAll('{other}', env.other);
    return Array.isArray(value) ? KINDS[value[0]]({ ...env, make }, ...value.slice(1)) : value;
  };
  return make;
};
