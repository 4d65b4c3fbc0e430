// A module of eight bytes: the smallest that WebAssembly takes.
const WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

const withStatus =
  (status) =>
  ({ outcome, url }) =>
    outcome(() => fetch(url(`status=${status}`)));

const chunksOf = async (response, limit = 1000) => {
  const reader = response.body.getReader();
  let count = 0;
  for (let part = await reader.read(); !part.done && count < limit; part = await reader.read()) count++;
  return { reader, count };
};

export const cases = {
  ...Object.fromEntries(
    [200, 201, 203, 204, 205, 206, 304, 400, 404, 429, 500, 503, 599].map((status) => [
      `status ${status}`,
      withStatus(status),
    ]),
  ),
  redirected: ({ outcome, url, path }) => outcome(() => fetch(url(`redirect=${path}?end`))),
  'redirected to another origin': ({ outcome, url, otherOrigin }) =>
    outcome(() => fetch(url(`redirect=${otherOrigin}/api/redirected`))),
  'redirect keeps the body': ({ outcome, url, path }) =>
    outcome(() => fetch(url(`status=307&redirect=${path}?end`), { method: 'POST', body: 'kept' })),
  'redirect keeps the body of a request': ({ outcome, url, path }) =>
    outcome(() =>
      fetch(new Request(url(`status=308&redirect=${path}?end`), { method: 'POST', body: 'kept' })),
    ),
  'redirect in a circle': ({ outcome, url, path }) =>
    outcome(() => fetch(url(`redirect=${path}`.concat('?x')))),
  'redirect by hand': ({ outcome, url, path }) =>
    outcome(() => fetch(url(`redirect=${path}?end`), { redirect: 'manual' })),
  'another origin': ({ outcome, other }) => outcome(() => fetch(other('header=X-Hidden:1'))),
  'another origin, opaque': ({ outcome, other }) =>
    outcome(() => fetch(other('cors=no'), { mode: 'no-cors' })),
  'another origin, refused': ({ outcome, other }) => outcome(() => fetch(other('cors=no'))),
  'another origin, headers refused': ({ outcome, other }) =>
    outcome(() => fetch(other('cors=refuse-headers'), { headers: { 'X-Page': '1' } })),
  'another origin with cookies': ({ outcome, other }) =>
    outcome(() => fetch(other(), { credentials: 'include' })),
  'connection cut': ({ outcome, url }) => outcome(() => fetch(url('close=1'))),
  'body cut': ({ outcome, url }) => outcome(() => fetch(url('close=body'))),
  'data URL': ({ outcome }) => outcome(() => fetch('data:text/plain;charset=utf-8,page')),
  'same object twice': async ({ url, note }) => {
    const sent = fetch(url());
    const [first, second] = [await sent, await sent];
    note(first === second);
  },
  'no property is added': async ({ url, describe }) => {
    const sent = fetch(url());
    const response = await sent;
    return [
      describe(Reflect.ownKeys(sent)),
      Reflect.ownKeys(response),
      sent instanceof Promise,
      sent.constructor === Promise,
    ];
  },
  clone: async ({ url, describeResponse }) => {
    const response = await fetch(url('size=20'));
    const copy = response.clone();
    return [await describeResponse(response), await describeResponse(copy)];
  },
  'response is transferable to a cache': async ({ url }) => {
    const cache = await caches.open('page');
    const response = await fetch(url('size=20'));
    await cache.put(url(), response);
    const stored = await cache.match(url());
    const keys = await cache.keys();
    return [
      await stored.text(),
      response.bodyUsed,
      keys.map((request) => request.headers.has('traceparent')),
    ];
  },
  'cache.add': async ({ url }) => {
    const cache = await caches.open('added');
    await cache.add(url('size=5'));
    return (await cache.match(url('size=5'))).text();
  },
  'WebAssembly streaming': async ({ describe }) => {
    const source = URL.createObjectURL(new Blob([WASM], { type: 'application/wasm' }));
    return describe(await WebAssembly.compileStreaming(fetch(source)));
  },
  'WebAssembly streaming of the wrong type': ({ outcome, url }) =>
    outcome(() => WebAssembly.instantiateStreaming(fetch(url('size=8')))),
  'body is read to the end': async ({ url }) => {
    const { count } = await chunksOf(await fetch(url('stream=5&interval=30')));
    return count > 0;
  },
  'body is locked': async ({ url, outcome }) => {
    const response = await fetch(url('size=20'));
    const reader = response.body.getReader();
    return [
      response.bodyUsed,
      response.body.locked,
      await outcome(() => response.text()),
      (await reader.read()).done,
    ];
  },
  'cancel closes the connection': async ({ url, sleep }) => {
    const { reader } = await chunksOf(await fetch(url('endless=1')), 3);
    await reader.cancel();
    await sleep(400);
  },
  'cancel of an unread body closes the connection': async ({ url, sleep }) => {
    const response = await fetch(url('endless=1'));
    await response.body.cancel('enough');
    await sleep(400);
    return response.bodyUsed;
  },
  'an unread endless body is not taken': async ({ url, sleep }) => {
    window.held = await fetch(url('endless=1&interval=0'));
    await sleep(1000);
    await window.held.body.cancel();
    delete window.held;
    await sleep(100);
  },
  'piped body': async ({ url }) => {
    const response = await fetch(url('size=50'));
    return new Response(
      response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new TextEncoderStream()),
    ).text();
  },
  'answers come in their order': async ({ url, path, note }) => {
    await Promise.all([
      fetch(url(`until=${path}/next`)).then(() => note('slow')),
      fetch(url('fast')).then(() => {
        note('fast');
        return fetch(`${path}/next`);
      }),
    ]);
  },
  '20 at a time': async ({ url }) => {
    const all = await Promise.all(Array.from({ length: 20 }, (_, index) => fetch(url(`n=${index}`))));
    return all.map(({ status }) => status);
  },
  'performance entries': async ({ url, path }) => {
    await (await fetch(url('one'))).text();
    await (await fetch(url('two'), { method: 'POST', body: 'x' })).text();
    const entries = performance.getEntriesByType('resource').filter(({ name }) => name.includes(`${path}?`));
    return entries.map(({ name, initiatorType, responseStatus }) => [name, initiatorType, responseStatus]);
  },
};
