export const cases = {
  descriptor: ({ describeProperty }) => describeProperty(window, 'fetch'),
  'text of the function': () => [
    /\[native code\]/.test(`${fetch}`),
    /\[native code\]/.test(Function.prototype.toString.call(fetch)),
  ],
  'exact text of the function': () => [`${fetch}`, `${XMLHttpRequest.prototype.open}`],
  'properties of the function': ({ describe }) => describe(Object.getOwnPropertyDescriptors(fetch)),
  'detached call': ({ settle, url }) => {
    const detached = fetch;
    return settle(() => detached(url()));
  },
  'call on undefined': ({ settle, url }) => settle(() => fetch.call(undefined, url())),
  'call on null': ({ settle, url }) => settle(() => fetch.call(null, url())),
  'call on an object': ({ settle, url }) => settle(() => fetch.call({}, url())),
  'call on a number': ({ settle, url }) => settle(() => fetch.call(1, url())),
  'call on the document': ({ settle, url }) => settle(() => fetch.call(document, url())),
  'call on a frame': async ({ settle, frame, url }) => {
    const other = await frame();
    return settle(() => fetch.call(other, url()).then((response) => response.status));
  },
  'as a method of another object': ({ settle, url }) => settle(() => ({ fetch }).fetch(url())),
  'wrong this and throwing options': ({ settle, url }) =>
    settle(() =>
      fetch.call({}, url(), {
        get method() {
          throw new RangeError('of the page');
        },
      }),
    ),
  'wrong this: the arguments are not read': ({ settle, note }) =>
    settle(() =>
      fetch.call(
        {},
        { toString: () => note('url') },
        {
          get method() {
            return note('method');
          },
        },
      ),
    ),
  'wrong this, a request and watched options': ({ settle, url, note }) =>
    settle(() =>
      fetch.call(document, new Request(url()), {
        get method() {
          return note('method');
        },
      }),
    ),
  'a proxy of a request': ({ settle, url, note }) =>
    settle(() =>
      fetch(
        new Proxy(new Request(url()), {
          get: (request, key) => note('get', String(key)) && Reflect.get(request, key),
          getPrototypeOf: (request) => note('getPrototypeOf') && Reflect.getPrototypeOf(request),
        }),
      ),
    ),
  'wrong this and no argument': ({ settle }) => settle(() => fetch.call({})),
  bind: ({ settle, url, describeFunction }) => {
    const bound = fetch.bind(window, url());
    return [describeFunction(bound), settle(() => bound())].slice(0, 1);
  },
  apply: ({ settle, url }) => settle(() => fetch.apply(window, [url(), { method: 'PUT' }])),
  'Reflect.apply': ({ settle, url }) => settle(() => Reflect.apply(fetch, undefined, [url()])),
  'constructor call': ({ outcome, url }) => outcome(() => new fetch(url())),
  'Reflect.construct': ({ outcome, url }) => outcome(() => Reflect.construct(fetch, [url()])),
  'as a base class': ({ outcome }) => outcome(() => class extends fetch {}),
  'instanceof fetch': ({ outcome }) => outcome(() => ({}) instanceof fetch),
  'spread of a list': ({ settle, url }) => settle(() => fetch(...[url(), { method: 'PUT' }, 1, 2])),
  'in a list of URLs': async ({ url }) =>
    (await Promise.all([url('1'), url('2')].map((one) => fetch(one)))).length,
  'given to map with index and list': ({ settle, url }) =>
    settle(() => Promise.all([url()].map(fetch)).then((all) => all.length)),
  'what is thrown in the sync part': ({ note, url }) => {
    for (const input of [Symbol('x'), 'http://[', url()]) {
      try {
        const result = fetch(input);
        note(result instanceof Promise);
        result.catch(() => {});
      } catch (error) {
        note(error);
      }
    }
  },
  'properties set on fetch stay there': ({ note }) => {
    fetch.page = 1;
    note(fetch.page, window.fetch.page);
    delete fetch.page;
  },
  'fetch can be replaced and put back': async ({ url, note }) => {
    const before = window.fetch;
    window.fetch = (...args) => {
      note('wrapper', args.length);
      return before(...args);
    };
    note((await fetch(url())).status);
    window.fetch = before;
    note(window.fetch === before);
  },
  'fetch can be hidden and shown again': ({ note }) => {
    const descriptor = Object.getOwnPropertyDescriptor(window, 'fetch');
    delete window.fetch;
    note(typeof window.fetch, 'fetch' in window);
    Object.defineProperty(window, 'fetch', descriptor);
    note(typeof window.fetch);
  },
  'stack of an error in toString': ({ settle, note }) =>
    settle(() =>
      fetch({
        toString() {
          const { stack } = new Error('where');
          note(stack.split('\n').filter((line) => /harm\/cases/.test(line)).length);
          return 'http://[';
        },
      }),
    ),
  'deep recursion': ({ note }) => {
    const dive = () => {
      try {
        dive();
      } catch {
        // The stack is full: whatever is called now must fail as the browser's own does, or work.
      }
    };
    dive();
    note(typeof fetch);
  },
  'in a task without references': async ({ url, seen }) => {
    setTimeout(() => void fetch(url()));
    await seen();
  },
};
