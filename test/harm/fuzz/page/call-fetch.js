import { describe, describeResponse } from '../../page/describe.js';
import { settle } from './settle.js';

/** Ways to call a function. */
const HOW = {
  plain: (args) => fetch(...args),
  method: (args) => window.fetch(...args),
  detached: (args) => [fetch].map((alone) => alone(...args))[0],
  undefined: (args) => fetch.call(undefined, ...args),
  null: (args) => fetch.call(null, ...args),
  object: (args) => fetch.call({}, ...args),
  number: (args) => fetch.call(7, ...args),
  document: (args) => fetch.call(document, ...args),
  bound: (args) => fetch.bind(window, ...args.slice(0, 1))(...args.slice(1)),
  apply: (args) => Reflect.apply(fetch, undefined, args),
  'array-like': (args) => fetch.apply(window, { length: args.length, ...args }),
  new: (args) => new fetch(...args),
  construct: (args) => Reflect.construct(fetch, args),
  'of a frame': (args, { frame }) => frame.fetch(...args),
  'on a frame': (args, { frame }) => fetch.call(frame, ...args),
};

const asText = (text) => (/rawHeaders/.test(text) ? Object.keys(JSON.parse(text)) : text);

const tellBody = (value) => {
  if (typeof value === 'string') return asText(value);
  if (value instanceof Blob) return ['Blob', value.size, value.type];
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return ['bytes', value.byteLength];
  if (value instanceof FormData) return [...value].map(([name]) => name);
  return value && typeof value === 'object' && 'rawHeaders' in value ? Object.keys(value) : describe(value);
};

const READ = {
  detached: ({ text }) => text(),
  'wrong this': () => Response.prototype.json.call({}),
  'no response': () => Response.prototype.text.call(Response.prototype),
  cancel: (response) => response.body?.cancel('why') ?? Promise.resolve('no body'),
  'own response': () => new Response('x').text(),
  reader: async (response) => {
    const reader = response.body?.getReader();
    let size = 0;
    for (let read = await reader?.read(); read && !read.done; read = await reader.read())
      size += read.value.byteLength;
    return size > 0;
  },
};

const readAll = async (env, response, reads) => {
  let current = response;
  for (const read of reads) {
    if (read === 'clone') {
      try {
        const copy = current.clone();
        env.note('clone', await describeResponse(copy, { isRead: false }));
        current = copy;
      } catch (error) {
        env.note('clone threw', describe(error));
      }
    } else {
      // A body may be there already, or not yet.
      const isCounted = current.bodyUsed || /this|no response/.test(read);
      const call = () => (READ[read] ? READ[read](current) : current[read]());
      await settle(env, call, tellBody, { isCounted });
    }
    env.note('used', current.bodyUsed);
  }
};

/** `[how, args, reads, abort, handling]` */
export const callFetch = async (env, how, args, reads, abort, handling) => {
  const made = args.map(env.make);
  const stop = () => env.controller.abort('of the page');
  const signal = env.controller.signal;
  signal.addEventListener('abort', () => env.note('abort event'));
  const later = {
    sync: stop,
    tick: () => queueMicrotask(stop),
    task: () => setTimeout(stop),
    twice: () => stop() ?? stop(),
  }[abort];
  const call = () => {
    const promise = HOW[how](made, env);
    if (handling === 'derived') return promise.then((value) => env.note('derived') ?? value);
    if (handling === 'finally') return promise.finally(() => env.note('finally'));
    if (handling === 'async') return (async () => await promise)();
    return promise;
  };
  if (handling === 'nobody') return nobody(env, call, later);
  const tell = (response) => describeResponse(response, { isRead: false });
  const response = await settle(env, call, tell, { afterCall: later });
  if (!(response instanceof Response)) return;
  if (abort === 'headers') stop();
  await readAll(env, response, reads);
};

/** Of a call that fails: nothing is asked of the promise. */
const nobody = async (env, call, later) => {
  let promise;
  const told = new Promise((resolve) => {
    const listener = (event) => {
      if (event.promise !== promise) return;
      removeEventListener('unhandledrejection', listener);
      resolve(['unhandled', describe(event.reason)]);
    };
    addEventListener('unhandledrejection', listener);
  });
  try {
    promise = call();
  } catch (error) {
    env.note('threw', describe(error));
    return;
  }
  later?.();
  env.note(...(await Promise.race([told, env.sleep(6000).then(() => ['not told'])])));
};
