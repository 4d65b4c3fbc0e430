import { describe } from '../../page/describe.js';
import { within } from './settle.js';

/** What a call returned or threw, always. */
const outcome = (env, label, run) => {
  try {
    const result = run();
    env.note(label, 'returned', describe(result));
    return result;
  } catch (error) {
    env.note(label, 'threw', describe(error));
    env.threw = (env.threw ?? 0) + 1;
    return undefined;
  }
};

const MEMBERS = 'pushState replaceState back forward go';

const HOW = {
  plain: (name, args) => history[name](...args),
  detached: (name, args) => {
    const { [name]: alone } = history;
    return alone(...args);
  },
  object: (name, args) => History.prototype[name].call({}, ...args),
  prototype: (name, args) => History.prototype[name].call(History.prototype, ...args),
  apply: (name, args) => Reflect.apply(History.prototype[name], history, args),
  new: (name, args) => new history[name](...args),
  'of a frame': (name, args, { frame }) => frame.History.prototype[name].call(history, ...args),
};

const where = ({ note }, label) =>
  note(label, location.pathname + location.search + location.hash, describe(history.state));

const onEvent = (env, target, types) => {
  const listener = ({ type, state, navigationType }) =>
    env.note(`event ${type}`, describe(state), navigationType ?? '');
  for (const type of types) target.addEventListener(type, listener);
  return () => {
    for (const type of types) target.removeEventListener(type, listener);
  };
};

const popped = (env) =>
  within(
    10_000,
    new Promise((resolve) => addEventListener('popstate', () => setTimeout(resolve), { once: true })),
    () => env.note('no popstate'),
  );

/** A turn back or on, only where it stays in the document. */
const turn = async (env, name, turns = name === 'back' ? -1 : 1) => {
  const { currentEntry } = navigation;
  const target = navigation.entries()[currentEntry.index + turns];
  if (!target?.sameDocument) return;
  const happened = popped(env);
  if (name === 'go') history.go(turns);
  else history[name]();
  await happened;
};

/** `[name, how, args]` */
export const callHistory = async (env, name, how, args) => {
  const stops = [
    onEvent(env, window, ['popstate', 'hashchange']),
    onEvent(env, navigation, ['navigate', 'currententrychange', 'navigatesuccess', 'navigateerror']),
  ];
  const length = history.length;
  const made = args.map(env.make);
  if (/^(back|forward)$/.test(name) || (name === 'go' && made.length)) await turn(env, name, made[0]);
  else if (name === 'hash')
    outcome(env, name, () => {
      location.hash = made[0];
    });
  else if (name === 'navigate') await navigate(env, made);
  else if (name === 'update') outcome(env, name, () => navigation.updateCurrentEntry({ state: made[0] }));
  else if (name === 'intercepted') await intercepted(env, made);
  else if (MEMBERS.includes(name)) outcome(env, name, () => HOW[how](name, made, env));
  // A hash is told in a task of its own.
  await env.sleep(0);
  await env.sleep(0);
  where(env, 'now at');
  env.note('longer by', history.length - length);
  for (const stop of stops) stop();
};

const navigate = async (env, [hash, options]) => {
  const made = outcome(env, 'navigate', () => {
    const { committed, finished } = navigation.navigate(`#${hash}`, options);
    committed.catch(() => {});
    return [committed, finished];
  });
  if (made) env.note('finished', await made[1].then(() => 'well', describe));
};

/** The page's own handler decides how long the navigation lasts, and whether it fails. */
const intercepted = async (env, [url, fails]) => {
  const listener = (event) => {
    if (!event.canIntercept) return;
    event.intercept({
      handler: async () => {
        env.note('handler');
        await env.sleep(1);
        if (fails) throw new RangeError('of the page');
      },
    });
  };
  navigation.addEventListener('navigate', listener);
  const made = outcome(env, 'pushState', () => history.pushState(null, '', url));
  await navigation.transition?.finished.then(
    () => env.note('transition'),
    (error) => env.note('transition', describe(error)),
  );
  navigation.removeEventListener('navigate', listener);
  return made;
};

/** `[how, args]` */
export const callBeacon = (env, how, args) => {
  const made = args.map(env.make);
  const ways = {
    plain: () => navigator.sendBeacon(...made),
    detached: () => {
      const { sendBeacon } = navigator;
      return sendBeacon(...made);
    },
    object: () => Navigator.prototype.sendBeacon.call({}, ...made),
    new: () => new navigator.sendBeacon(...made),
  };
  if (outcome(env, 'sendBeacon', ways[how])) env.beacons.push(args[0]);
};

/** `[class, args, actions]`; an action is the name of a method and what it is given. */
export const callConnection = async (env, type, args, actions) => {
  const made = args.map(env.make);
  const socket = outcome(env, type, () => {
    const built = new window[type](...made);
    env.note('made', built.url, built.readyState, Reflect.ownKeys(built).map(String));
    return built;
  });
  if (!socket) return;
  const rest = [...actions];
  // True if it makes something happen.
  const act = ([name, ...parts]) => {
    const before = env.threw;
    const queued = socket.bufferedAmount;
    if (name === 'set') outcome(env, name, () => Reflect.set(socket, parts[0], env.make(parts[1])));
    else outcome(env, name, () => socket[name](...parts.map(env.make)));
    env.note('buffered', socket.bufferedAmount - queued || 0, 'state', socket.readyState);
    return name !== 'set' && env.threw === before;
  };
  const goOn = () => {
    while (!act(rest.shift() ?? ['close']));
  };
  const over = new Promise((resolve) => {
    for (const name of ['open', 'message', 'error', 'close'])
      socket.addEventListener(name, ({ type: told, data, code, wasClean }) => {
        env.note(`event ${told}`, socket.readyState, describe(data), code ?? '', wasClean ?? '');
        // A server that ends it by itself is not disturbed.
        if (!/close=|cut=/.test(socket.url) && (told === 'open' || told === 'message')) goOn();
        if (socket.readyState === (type === 'WebSocket' ? 3 : 2)) resolve();
      });
    // Closed before it was open.
    if (rest[0]?.[0] === 'now') {
      for (const action of rest.shift().slice(1)) act(action);
      if (type === 'EventSource' && socket.readyState === 2) resolve();
    }
  });
  await within(10_000, over, () => env.note('no end'));
  if (socket.readyState < 2) socket.close();
};
