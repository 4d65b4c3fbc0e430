const OPTIONS = {
  credentials: ['omit', 'same-origin', 'include', 'no such', undefined],
  cache: ['no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached', 'no such'],
  redirect: ['follow', 'error', 'manual', 'no such'],
  referrer: ['', '/other/page', 'about:client', 'http://elsewhere.test/', 'http://['],
  referrerPolicy: ['', 'no-referrer', 'origin', 'unsafe-url', 'no such'],
  integrity: ['', 'sha256-AAAA', 'no such'],
  keepalive: [true, false, 'yes', null],
  mode: ['cors', 'same-origin', 'no-cors', 'navigate', 'no such'],
  priority: ['high', 'low', 'auto', 'no such'],
  method: ['HEAD', 'DELETE', 'OPTIONS', 'CONNECT'],
};

/** Ways to give options to `fetch`. */
const SHAPES = {
  'text and options': (url, init) => fetch(url, init),
  'request with them': (url, init) => fetch(new Request(url, init)),
  'request beside them': (url, init) => fetch(new Request(url, { headers: { 'X-Request': '1' } }), init),
  'request with them, and headers': (url, init) =>
    fetch(new Request(url, init), { headers: { 'X-Page': '1' } }),
};

const optionRows = () => {
  const rows = [];
  for (const [option, values] of Object.entries(OPTIONS)) {
    for (const value of values) {
      for (const [shape, call] of Object.entries(SHAPES)) {
        rows.push([
          `${shape}: ${option} ${String(value) || 'empty'}`,
          ({ settle, url }) => settle(() => call(url(), { [option]: value })),
        ]);
      }
    }
  }
  return Object.fromEntries(rows);
};

const SECOND = {
  nothing: () => [],
  undefined: () => [undefined],
  null: () => [null],
  'empty options': () => [{}],
  'undefined members': () => [{ headers: undefined, signal: undefined, body: undefined }],
  headers: () => [{ headers: { 'X-Page': '1' } }],
  'empty headers': () => [{ headers: {} }],
  'empty list of headers': () => [{ headers: [] }],
  method: () => [{ method: 'PUT' }],
  'method GET': () => [{ method: 'GET' }],
  body: () => [{ body: 'second' }],
  'signal undefined': () => [{ signal: undefined }],
  'signal null': () => [{ signal: null }],
  signal: () => [{ signal: new AbortController().signal }],
  'aborted signal': () => [{ signal: AbortSignal.abort() }],
  'window null': () => [{ window: null }],
  'unknown member': () => [{ unknown: 1 }],
  'another request': ({ url }) => [new Request(url(), { method: 'PUT' })],
  'wrong kind': () => ['init'],
};

const rich = (url) =>
  new Request(url, {
    method: 'POST',
    body: 'rich',
    headers: { 'X-Request': '1', Accept: 'text/page' },
    referrer: '/deep/page?secret',
    referrerPolicy: 'unsafe-url',
    cache: 'no-store',
    credentials: 'omit',
  });

const seen = (request) => ({
  url: request.url,
  method: request.method,
  headers: [...request.headers],
  used: request.bodyUsed,
  referrer: request.referrer,
  keys: Reflect.ownKeys(request).map(String),
});

class PageRequest extends Request {
  get url() {
    return '/api/wrong';
  }
  get headers() {
    throw new Error('nobody may ask');
  }
  get method() {
    throw new Error('nobody may ask');
  }
}

export const cases = {
  ...optionRows(),
  ...Object.fromEntries(
    Object.entries(SECOND).flatMap(([name, build]) => [
      [
        `plain request and ${name}`,
        async (kit) => {
          const request = new Request(kit.url());
          return [await kit.settle(() => fetch(request, ...build(kit))), seen(request)];
        },
      ],
      [
        `rich request and ${name}`,
        async (kit) => {
          const request = rich(kit.url());
          return [await kit.settle(() => fetch(request, ...build(kit))), seen(request)];
        },
      ],
      [
        `request of a frame and ${name}`,
        async (kit) => {
          const { Request: Foreign } = await kit.frame();
          const request = new Foreign(kit.url(), {
            method: 'POST',
            body: 'foreign',
            headers: { 'X-Frame': '1' },
          });
          return [await kit.settle(() => fetch(request, ...build(kit))), request.bodyUsed];
        },
      ],
      [`text and ${name}`, (kit) => kit.settle(() => fetch(kit.url(), ...build(kit)))],
    ]),
  ),
  'fetch of a frame': async (kit) => {
    const frame = await kit.frame();
    return kit.settle(() => frame.fetch(kit.url(), { method: 'PUT' }).then((response) => response.status));
  },
  'fetch of a frame with a request of the page': async (kit) => {
    const frame = await kit.frame();
    return kit.settle(() => frame.fetch(new Request(kit.url())).then((response) => response.status));
  },
  'request of a frame that is gone': async (kit) => {
    const frame = await kit.frame();
    const request = new frame.Request(kit.url());
    frame.frameElement.remove();
    return kit.settle(() => fetch(request));
  },
  'URL object of a frame': async (kit) => {
    const frame = await kit.frame();
    return kit.settle(() => fetch(new frame.URL(kit.url())));
  },
  'options of a frame': async (kit) => {
    const frame = await kit.frame();
    return kit.settle(() => fetch(kit.url(), frame.JSON.parse('{"method":"PUT","headers":{"X-Page":"1"}}')));
  },
  'subclass of Request': ({ settle, url }) => settle(() => fetch(new PageRequest(url()))),
  'subclass of Request and options': ({ settle, url }) =>
    settle(() => fetch(new PageRequest(url()), { headers: { 'X-Page': '1' } })),
  'request with properties of its own': ({ settle, url }) => {
    const request = new Request(url());
    for (const key of ['url', 'method', 'headers', 'signal', 'body', 'referrer', 'clone']) {
      Object.defineProperty(request, key, {
        get() {
          throw new Error('nobody may ask');
        },
      });
    }
    return settle(() => fetch(request));
  },
  'frozen request': ({ settle, url }) =>
    settle(() => fetch(Object.freeze(new Request(url(), { method: 'PUT' })))),
  'request with its own trace header': ({ settle, url }) =>
    settle(() => fetch(new Request(url(), { headers: { traceparent: 'own' } }))),
  'request in mode no-cors': ({ settle, url }) =>
    settle(() => fetch(new Request(url(), { mode: 'no-cors' }))),
  'request in mode no-cors to another origin': ({ settle, other }) =>
    settle(() => fetch(new Request(other('cors=no'), { mode: 'no-cors' }))),
  'request made from a request': ({ settle, url }) =>
    settle(() => fetch(new Request(rich(url()), { method: 'PUT' }))),
  'request to another origin': async ({ settle, other }) => {
    const request = rich(other());
    return [await settle(() => fetch(request)), seen(request)];
  },
  'request with a signal': async ({ settle, url, seen }) => {
    const controller = new AbortController();
    const request = new Request(url('hang=1'), { signal: controller.signal });
    void seen().then(() => controller.abort(new RangeError('of the page')));
    return settle(() => fetch(request));
  },
  'request of a navigation, by its options': ({ settle, url }) =>
    settle(() => fetch(new Request(url(), { mode: 'same-origin', redirect: 'error' }), { priority: 'low' })),
};
