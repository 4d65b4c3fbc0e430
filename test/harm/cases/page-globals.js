const OWN_URL = location.href;

const restore = () => history.replaceState(null, '', OWN_URL);

/** One call of the history, what it returned and where the page is then. */
const change =
  (call) =>
  ({ outcome, note }) => {
    const before = history.length;
    const result = outcome(call);
    note(location.pathname + location.search + location.hash, history.length - before, history.state);
    restore();
    return result;
  };

const OBJECTS = {
  window,
  History: History.prototype,
  Navigator: Navigator.prototype,
  Performance: Performance.prototype,
};

export const cases = {
  'names of the window': () => Object.getOwnPropertyNames(window).sort(),
  'names that can be listed': () => Object.keys(window).sort(),
  'symbols of the window': () =>
    Object.getOwnPropertySymbols(window)
      .map(String)
      // The driver of WebKit, from its first command on.
      .filter((name) => name !== 'Symbol(automationSessionProxy)')
      .sort(),
  'what for-in gives': () => {
    const names = [];
    for (const name in window) names.push(name);
    return names.sort();
  },
  ...Object.fromEntries(
    Object.entries(OBJECTS).map(([name, object]) => [
      `properties of ${name}`,
      ({ describeProperty }) =>
        Reflect.ownKeys(object)
          .filter((key) => typeof key === 'string' && key !== 'rootspan' && !/^(event|length)$/.test(key))
          .map((key) => [key, shape(describeProperty(object, key))]),
    ]),
  ),
  'names of the prototypes': () =>
    [
      Object,
      Array,
      Function,
      Promise,
      Map,
      WeakMap,
      Error,
      String,
      RegExp,
      Event,
      EventTarget,
      Node,
      Document,
      Storage,
      Response,
      Request,
      Headers,
    ].map(({ name, prototype }) => [name, Object.getOwnPropertyNames(prototype).sort()]),
  'handlers of the window': () =>
    [
      'onerror',
      'onunhandledrejection',
      'onload',
      'onpagehide',
      'onpopstate',
      'onbeforeunload',
      'onunload',
    ].map((name) => window[name]),
  'handlers that the page sets stay': () => {
    const handler = () => true;
    window.onerror = handler;
    const isSame = window.onerror === handler;
    window.onerror = null;
    return isSame;
  },
  'window.onerror gets its five arguments': async ({ note, sleep }) => {
    window.onerror = (...args) => {
      note(args.length, args[0], args[4]?.message);
      return true;
    };
    setTimeout(() => {
      throw new RangeError('of the page');
    });
    await sleep(100);
    window.onerror = null;
  },
  'window.onunhandledrejection can prevent': async ({ note, sleep }) => {
    window.onunhandledrejection = (event) => {
      note(event.reason);
      event.preventDefault();
    };
    Promise.reject(new RangeError('of the page'));
    await sleep(100);
    window.onunhandledrejection = null;
  },
  'error listener that prevents': async ({ note, sleep }) => {
    const onError = (event) => {
      note(event.message, event.defaultPrevented);
      event.preventDefault();
    };
    addEventListener('error', onError);
    setTimeout(() => {
      throw new RangeError('of the page');
    });
    await sleep(100);
    removeEventListener('error', onError);
  },
  'thrown values of every kind': async ({ sleep }) => {
    for (const value of [undefined, null, 0, 'text', Symbol('x'), {}, [], Object.create(null), () => {}]) {
      setTimeout(() => {
        throw value;
      });
      Promise.reject(value);
    }
    await sleep(500);
  },
  'a thrown object is not read': async ({ note, sleep }) => {
    const odd = {};
    for (const key of [
      'name',
      'message',
      'stack',
      'cause',
      'code',
      'toString',
      'toJSON',
      Symbol.toStringTag,
    ]) {
      Object.defineProperty(odd, key, { get: () => note(`read ${String(key)}`) });
    }
    const prevent = (event) => event.preventDefault();
    addEventListener('unhandledrejection', prevent);
    Promise.reject(odd);
    await sleep(100);
    removeEventListener('unhandledrejection', prevent);
  },
  'a rejected proxy is not read': async ({ note, sleep }) => {
    const traps = Object.fromEntries(
      // The others are how an object is looked at without running a getter.
      ['get', 'has', 'set', 'defineProperty', 'preventExtensions'].map((trap) => [
        trap,
        (...args) => {
          note(trap, String(args[1]));
          return Reflect[trap](...args);
        },
      ]),
    );
    const prevent = (event) => event.preventDefault();
    addEventListener('unhandledrejection', prevent);
    Promise.reject(new Proxy(new Error('of the page'), traps));
    await sleep(100);
    removeEventListener('unhandledrejection', prevent);
  },
  'an error keeps its properties': async ({ note, sleep }) => {
    const error = Object.freeze(new RangeError('of the page'));
    const prevent = (event) => event.preventDefault();
    addEventListener('unhandledrejection', prevent);
    Promise.reject(error);
    await sleep(100);
    removeEventListener('unhandledrejection', prevent);
    note(Reflect.ownKeys(error));
  },
  'prepareStackTrace of the page': async ({ note, sleep, url }) => {
    Error.prepareStackTrace = (error) => {
      note(`prepared ${error.message}`);
      return 'stack of the page';
    };
    const prevent = (event) => event.preventDefault();
    addEventListener('unhandledrejection', prevent);
    Promise.reject(new RangeError('of the page'));
    await fetch(url());
    await sleep(100);
    removeEventListener('unhandledrejection', prevent);
    delete Error.prepareStackTrace;
  },
  'stack limit of the page': () => Error.stackTraceLimit,
  pushState: change(() => history.pushState({ page: 1 }, '', '/harm.html?pushed')),
  'pushState with a URL object': change(() =>
    history.pushState(null, '', new URL('/harm.html?object', location.href)),
  ),
  'pushState without arguments': change(() => history.pushState()),
  'pushState with one argument': change(() => history.pushState({})),
  'pushState with two arguments': change(() => history.pushState({ two: 2 }, '')),
  'pushState with null': change(() => history.pushState(null, null, null)),
  'pushState to another origin': change(() => history.pushState(null, '', 'http://elsewhere.test/')),
  'pushState to a broken URL': change(() => history.pushState(null, '', 'http://[')),
  'pushState with what cannot be cloned': change(() => history.pushState(() => {}, '', '/x')),
  'pushState with a throwing URL': change(() =>
    history.pushState(null, '', {
      toString() {
        throw new RangeError('of the page');
      },
    }),
  ),
  'pushState on an object': change(() => History.prototype.pushState.call({}, null, '', '/x')),
  'detached pushState': change(() => {
    const { pushState } = history;
    return pushState(null, '', '/x');
  }),
  'new pushState': change(() => new history.pushState(null, '', '/x')),
  'counted URL of pushState': ({ note }) => {
    history.pushState(
      {
        get state() {
          return note('state');
        },
      },
      { toString: () => note('title') },
      { toString: () => note('url') && '/harm.html?c' },
    );
    restore();
  },
  replaceState: change(() => history.replaceState({ page: 2 }, '', '/harm.html?replaced')),
  'replaceState to another origin': change(() => history.replaceState(null, '', '//elsewhere.test/')),
  'replaceState on undefined': change(() => history.replaceState.call(undefined, null, '', '/x')),
  'hash change': async ({ note, sleep }) => {
    const onHash = (event) => note('hashchange', event.isTrusted, event.newURL.split('#')[1]);
    addEventListener('hashchange', onHash);
    location.hash = 'part';
    await sleep(50);
    removeEventListener('hashchange', onHash);
    restore();
  },
  'back and forward': async ({ note, sleep }) => {
    const onPop = ({ state }) => note('popstate', state);
    history.replaceState({ at: 0 }, '');
    history.pushState({ at: 1 }, '');
    addEventListener('popstate', onPop);
    // On a busy machine it may be long in coming.
    const popped = () =>
      Promise.race([
        new Promise((resolve) => addEventListener('popstate', resolve, { once: true })),
        sleep(5000),
      ]);
    for (const way of ['back', 'forward']) {
      const done = popped();
      history[way]();
      await done;
      await sleep(20);
    }
    removeEventListener('popstate', onPop);
    restore();
  },
  'navigation listeners': async ({ note, sleep }) => {
    const onChange = (event) => note(event.type, event.navigationType);
    navigation.addEventListener('currententrychange', onChange);
    navigation.addEventListener('navigate', onChange);
    history.pushState(null, '', '/harm.html?navigate');
    await sleep(100);
    navigation.removeEventListener('currententrychange', onChange);
    navigation.removeEventListener('navigate', onChange);
    note(navigation.oncurrententrychange, navigation.onnavigate);
    restore();
  },
  'intercepted navigation': async ({ note, sleep }) => {
    const onNavigate = (event) =>
      event.canIntercept && event.intercept({ handler: async () => note('handler') });
    navigation.addEventListener('navigate', onNavigate);
    const { committed, finished } = navigation.navigate('/harm.html?intercepted', { history: 'push' });
    await committed;
    await finished;
    navigation.removeEventListener('navigate', onNavigate);
    note(location.search);
    restore();
    await sleep(0);
  },
  cookies: () => document.cookie,
  'session storage': () => Object.keys(sessionStorage),
  'local storage': () => Object.keys(localStorage),
  databases: async () => (await indexedDB.databases()).map(({ name }) => name),
  'cache storage': () => caches.keys(),
  'resource buffer is neither full nor cleared': async ({ url, path }) => {
    const full = [];
    performance.addEventListener('resourcetimingbufferfull', () => full.push('full'));
    for (let n = 0; n < 5; n++) await (await fetch(url(`n=${n}`))).text();
    return [
      full,
      performance.getEntriesByType('resource').filter(({ name }) => name.includes(`${path}?`)).length,
    ];
  },
  'buffer set by the page': async ({ url }) => {
    performance.clearResourceTimings();
    performance.setResourceTimingBufferSize(3);
    let isFull = 0;
    performance.onresourcetimingbufferfull = () => isFull++;
    for (let n = 0; n < 5; n++) await (await fetch(url(`n=${n}`))).text();
    performance.onresourcetimingbufferfull = null;
    // Of whose requests is no matter: what the agent sends takes a place, as any request does.
    const kept = performance.getEntriesByType('resource').length;
    performance.setResourceTimingBufferSize(250);
    return [kept, isFull > 0];
  },
  'marks and measures': () =>
    performance.getEntries().filter(({ entryType }) => /mark|measure/.test(entryType)).length,
  'handlers of performance': () => performance.onresourcetimingbufferfull,
  'elements of the document': () =>
    [...document.querySelectorAll('*')].map(({ localName }) => localName).filter((name) => name !== 'iframe'),
  'attributes of the document': () =>
    [document.documentElement, document.body].map((element) => element.getAttributeNames()),
  'events on the window keep their order': async ({ note, sleep }) => {
    const listeners = ['a', 'b'].map((name) => (event) => note(name, event.defaultPrevented));
    for (const listener of listeners) addEventListener('keydown', listener);
    dispatchEvent(new KeyboardEvent('keydown', { key: 'x', cancelable: true }));
    document.body.click();
    await sleep(0);
    for (const listener of listeners) removeEventListener('keydown', listener);
  },
  'beforeunload is not listened to': () => {
    const event = new Event('beforeunload', { cancelable: true });
    return [dispatchEvent(event), event.defaultPrevented, event.returnValue];
  },
  sendBeacon: async ({ url, seen }) => {
    const isTaken = navigator.sendBeacon(url(), 'last words');
    await seen();
    return isTaken;
  },
};

const shape = (description) =>
  typeof description.value === 'object' ? { ...description, value: 'object' } : description;
