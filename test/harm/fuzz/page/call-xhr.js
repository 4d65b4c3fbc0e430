import { describe } from '../../page/describe.js';
import { describeXhr } from '../../page/kit.js';
import { within } from './settle.js';

const EVENTS = 'readystatechange loadstart progress abort error load timeout loadend'.split(' ');

class PageXhr extends XMLHttpRequest {
  open(...args) {
    this.opened = args.length;
    return super.open(...args);
  }
}

const CLASSES = {
  plain: () => new XMLHttpRequest(),
  extended: () => new PageXhr(),
  framed: ({ frame }) => new frame.XMLHttpRequest(),
  constructed: () => Reflect.construct(XMLHttpRequest, [1, 2]),
  'own methods': ({ note }) => {
    const xhr = new XMLHttpRequest();
    for (const name of ['open', 'send', 'setRequestHeader', 'addEventListener']) {
      xhr[name] = (...args) => {
        note(`own ${name}`, args.length);
        return XMLHttpRequest.prototype[name].apply(xhr, args);
      };
    }
    return xhr;
  },
  'own properties': ({ note }) =>
    Object.defineProperties(
      new XMLHttpRequest(),
      Object.fromEntries(
        ['status', 'readyState', 'responseURL'].map((key) => [key, { get: () => note(key) }]),
      ),
    ),
  frozen: () => Object.freeze(new XMLHttpRequest()),
  inherits: () => Object.create(new XMLHttpRequest()),
  proxy: () => new Proxy(new XMLHttpRequest(), {}),
};

/** What an action returned, or threw; nothing is worth no line. */
const attempt = (env, label, run) => {
  try {
    const result = run();
    if (result !== undefined) env.note(`${label} gave`, describe(result));
  } catch (error) {
    env.note(`${label} threw`, describe(error));
  }
};

const ACTIONS = {
  open: ({ xhr, make }, ...args) => xhr.open(...args.map(make)),
  header: ({ xhr, make }, ...args) => xhr.setRequestHeader(...args.map(make)),
  send: ({ xhr, make }, ...args) => xhr.send(...args.map(make)),
  abort: ({ xhr }) => xhr.abort(),
  set: ({ xhr, make }, key, value) => {
    xhr[key] = make(value);
  },
  mime: ({ xhr, make }, ...args) => xhr.overrideMimeType(...args.map(make)),
  answered: ({ xhr, make }, ...args) => xhr.getResponseHeader(...args.map(make)),
  foreign: ({ make }, name, self, ...args) =>
    XMLHttpRequest.prototype[name].call(make(self), ...args.map(make)),
  handler: ({ xhr, note, frame }, type) => {
    xhr[`on${type}`] = (event) => isChance({ frame }, xhr, type) || note(`on${type}`, event.isTrusted);
  },
  dispatch: ({ xhr }, type) => xhr.dispatchEvent(new Event(type)),
  upload: ({ xhr, note }) => {
    for (const type of EVENTS.slice(1))
      xhr.upload.addEventListener(
        type,
        ({ loaded }) => type !== 'progress' && note(`upload ${type}`, loaded),
      );
  },
  once: ({ xhr, note }, type) => {
    xhr.addEventListener(type, { handleEvent: ({ type: told }) => note(`object ${told}`) }, { once: true });
  },
  throwing: ({ xhr, frame }, type) => {
    xhr.addEventListener(type, () => {
      if (isChance({ frame }, xhr, type)) return;
      throw new RangeError(`of the page at ${type}`);
    });
  },
};

/** What is under way ends by one of these, or by another `open`. */
const follow = (env, xhr) => {
  let over = () => {};
  const listener = (event) => {
    const { type, loaded, total } = event;
    if (isChance(env, xhr, type)) return;
    const state = Reflect.get(XMLHttpRequest.prototype, 'readyState', xhr);
    env.note(`event ${type}`, state, loaded ?? '', total ?? '', event.isTrusted, event.target === xhr);
    if (type === 'loadend') over();
  };
  attempt(env, 'listening', () => {
    for (const type of EVENTS) EventTarget.prototype.addEventListener.call(xhr, type, listener);
  });
  const waitEnd = () =>
    within(
      10_000,
      new Promise((resolve) => {
        over = resolve;
      }),
      () => env.note('no end'),
    );
  return Object.assign(waitEnd, { over: () => over() });
};

/** `[class, actions, by event]` */
export const callXhr = async (env, kind, actions, atEvents) => {
  const xhr = CLASSES[kind](env);
  const inner = { ...env, xhr };
  const act = ([name, ...parts]) => attempt(env, name, () => ACTIONS[name](inner, ...parts));
  const rest = [...atEvents];
  const waitEnd = follow(env, xhr);
  attempt(env, 'events', () => {
    for (const type of new Set(rest.map(([event]) => event)))
      EventTarget.prototype.addEventListener.call(xhr, type, () => {
        const at = rest.findIndex(([event]) => event === type);
        if (at < 0 || isChance(env, xhr, type)) return;
        const [[, ...todo]] = rest.splice(at, 1);
        for (const action of todo) act(action);
        // Opened again: what was under way has no end.
        if (!isUnderWay(xhr, env)) waitEnd.over();
      });
  });
  for (const action of actions) {
    if (action[0] === 'wait') {
      // And what its listeners begin, of which some are called after ours.
      for (let turn = 0; turn < 2 && isUnderWay(xhr, env); turn++) {
        await waitEnd();
        await env.sleep(0);
      }
    } else if (action[0] === 'read') env.note('read', describeXhr(xhr));
    else if (action[0] === 'tick') await undefined;
    else act(action);
  }
};

/** How many parts a body comes in is the network's matter. */
const isChance = ({ frame }, xhr, type) =>
  type === 'progress' || (type === 'readystatechange' && readState(xhr, frame) === 3);

/** A second `send` is refused while one is under way, and before `open`: asked by a header, which is refused too. */
const isUnderWay = (xhr, { frame }) => {
  try {
    const state = readState(xhr, frame);
    if (state === 2 || state === 3) return true;
    if (state !== 1) return false;
    XMLHttpRequest.prototype.setRequestHeader.call(xhr, 'X-Probe', '1');
    return false;
  } catch (error) {
    return error.name === 'InvalidStateError';
  }
};

const readState = (xhr, frame) => {
  for (const { prototype } of [XMLHttpRequest, frame.XMLHttpRequest]) {
    try {
      return Object.getOwnPropertyDescriptor(prototype, 'readyState').get.call(xhr);
    } catch {
      // of the other realm
    }
  }
  return 0;
};
