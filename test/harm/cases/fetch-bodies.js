const form = (fields) => {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
};
const stream = (chunks) =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
const bytes = (text) => new TextEncoder().encode(text);

const BODIES = {
  undefined: () => undefined,
  null: () => null,
  text: () => 'żółć of the page',
  'empty text': () => '',
  number: () => 12,
  false: () => false,
  symbol: () => Symbol('page'),
  'plain object': () => ({ a: 1 }),
  list: () => [1, 2],
  'object with counted toString': ({ note }) => ({ toString: () => note('toString') && 'counted' }),
  'throwing toString': () => ({
    toString() {
      throw new RangeError('of the page');
    },
  }),
  'blob with a type': () => new Blob(['blob'], { type: 'text/page' }),
  'blob without type': () => new Blob(['blob']),
  file: () => new File(['file'], 'page.txt', { type: 'text/page' }),
  'search parameters': () => new URLSearchParams({ a: '1 2', b: 'ż' }),
  'form data': () =>
    form([
      ['a', '1'],
      ['b', 'ż'],
    ]),
  'form data with a file': () => form([['f', new File(['file'], 'page.txt')]]),
  'array buffer': () => bytes('buffer').buffer,
  'part of a buffer': () => bytes('0123456789').subarray(2, 5),
  'data view': () => new DataView(bytes('view').buffer),
  'shared buffer': () => (typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(4) : 'none'),
  'detached buffer': () => {
    const { buffer } = bytes('gone');
    structuredClone(buffer, { transfer: [buffer] });
    return buffer;
  },
  'large text': () => 'x'.repeat(300_000),
  'stream without duplex': () => stream([bytes('streamed')]),
  'locked stream': () => {
    const locked = stream([bytes('locked')]);
    locked.getReader();
    return locked;
  },
};

const rows = (make) =>
  Object.fromEntries(Object.entries(BODIES).flatMap(([name, build]) => make(name, build)));
const post = (body, more) => ({ method: 'POST', body, ...more });

export const cases = {
  ...rows((name, build) => [
    [
      `body is ${name}`,
      async (kit) => {
        const body = build(kit);
        return kit.settle(() => fetch(kit.url(), post(body)));
      },
    ],
    [
      `own content type, body is ${name}`,
      async (kit) => {
        const body = build(kit);
        return kit.settle(() => fetch(kit.url(), post(body, { headers: { 'Content-Type': 'text/own' } })));
      },
    ],
    [
      `request with body ${name}`,
      async (kit) => {
        const body = build(kit);
        let request;
        const result = await kit.settle(() => {
          request = new Request(kit.url(), post(body));
          const sent = fetch(request);
          kit.note(request.bodyUsed);
          return sent;
        });
        return { result, used: request?.bodyUsed, headers: request && [...request.headers] };
      },
    ],
    [
      `request and options with body ${name}`,
      async (kit) => {
        const body = build(kit);
        const request = new Request(kit.url(), post('first', { headers: { 'X-Request': '1' } }));
        const result = await kit.settle(() => fetch(request, { body }));
        return { result, used: request.bodyUsed };
      },
    ],
  ]),
  'stream with duplex, over HTTP/1.1': ({ settle, url }) =>
    settle(() => fetch(url(), post(stream([bytes('a'), bytes('b')]), { duplex: 'half' }))),
  'request with a stream, over HTTP/1.1': ({ settle, url }) =>
    settle(() => fetch(new Request(url(), post(stream([bytes('a')]), { duplex: 'half' })))),
  'request without the stream option': ({ settle, url }) =>
    settle(() => fetch(new Request(url(), post('first')), { body: stream([bytes('a')]) })),
  'stream that fails': ({ settle, url }) => {
    const failing = new ReadableStream({
      pull: (controller) => controller.error(new RangeError('of the page')),
    });
    return settle(() => fetch(url(), post(failing, { duplex: 'half' })));
  },
  'duplex full': ({ settle, url }) => settle(() => fetch(url(), post('x', { duplex: 'full' }))),
  'used request': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    await request.text();
    return settle(() => fetch(request));
  },
  'used request with options': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    await request.text();
    return settle(() => fetch(request, { headers: { 'X-Page': '1' } }));
  },
  'used request with a new body': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    await request.text();
    return settle(() => fetch(request, { body: 'again' }));
  },
  'locked request': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    request.body.getReader();
    return settle(() => fetch(request));
  },
  'request with a body twice': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    return [await settle(() => fetch(request)), await settle(() => fetch(request))];
  },
  'request without a body twice': async ({ settle, url }) => {
    const request = new Request(url());
    return [await settle(() => fetch(request)), await settle(() => fetch(request)), request.bodyUsed];
  },
  'request and its clone': async ({ settle, url }) => {
    const request = new Request(url(), post('twice'));
    const copy = request.clone();
    return [
      await settle(() => fetch(request)),
      await settle(() => fetch(copy)),
      request.bodyUsed,
      copy.bodyUsed,
    ];
  },
  'body of the request is read after a failed fetch': async ({ settle, url }) => {
    const request = new Request(url('close=1'), post('once'));
    const result = await settle(() => fetch(request));
    return [result, request.bodyUsed, await settle(() => request.text())];
  },
  'options refuse, the request stays unused': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    const result = await settle(() => fetch(request, { cache: 'no such' }));
    return [result, request.bodyUsed];
  },
  'headers refuse, the request stays unused': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    const result = await settle(() => fetch(request, { headers: { 'no good': '1' } }));
    return [result, request.bodyUsed];
  },
  'the old body is dropped by options': async ({ settle, url }) => {
    const request = new Request(url(), post('once'));
    const result = await settle(() => fetch(request, { body: 'other' }));
    return [result, request.bodyUsed];
  },
  'keepalive with a body': ({ settle, url }) =>
    settle(() => fetch(url(), post('last words', { keepalive: true }))),
  'keepalive beyond the quota': ({ settle, url }) =>
    settle(() => fetch(url(), post('x'.repeat(65_537), { keepalive: true }))),
};
