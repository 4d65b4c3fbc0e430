import { expect, test } from 'vitest';
import { withGlobals } from '../support/globals.js';
import { COLLECTOR, makeTransport } from '../support/make-transport.js';
import { settle } from '../support/time.js';

const KIB = 1024;

/** A browser whose `fetch` knows `keepalive`, or one that does not; `sendBeacon` as it is there. */
const inBrowser = ({ knowsKeepalive = true, sendBeacon }: { knowsKeepalive?: boolean; sendBeacon?: unknown } = {}) =>
  withGlobals({
    Request: { prototype: knowsKeepalive ? { keepalive: false } : {} },
    navigator: sendBeacon === undefined ? {} : { sendBeacon },
  });

test('a body is posted as JSON, without cookies, in a request that survives the page', async () => {
  inBrowser();
  const { transport, calls } = makeTransport({ 'x-api-key': 'public' });

  await transport.send('{"a":1}', 7);

  expect(calls[0]).toMatchObject({
    url: COLLECTOR,
    init: {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'public' },
      body: '{"a":1}',
      keepalive: true,
      credentials: 'omit',
    },
  });
});

test('the request has reached the network before send returns', () => {
  inBrowser();
  const { transport, calls } = makeTransport();

  void transport.send('{}', 2, true);

  expect(calls).toHaveLength(1);
});

test('all requests that survive the page share 32 KiB, so that the page has the other half', async () => {
  inBrowser();
  const { transport, calls, answers } = makeTransport();
  let answer = (_: Response) => {};
  answers.push(() => new Promise<Response>((resolve) => (answer = resolve)));

  const first = transport.send('x', 20 * KIB);
  expect(transport.room()).toBe(12 * KIB);
  await transport.send('x', 13 * KIB);
  await transport.send('x', 12 * KIB);
  answer(new Response('{}'));
  await first;

  expect(calls.map(({ init }) => init.keepalive)).toEqual([true, false, true]);
  expect(transport.room()).toBe(32 * KIB);
});

test('the share is free again when the answer was read to its end, not before', async () => {
  inBrowser();
  const { transport, answers } = makeTransport();
  let close = () => {};
  const body = new ReadableStream({
    start: (controller) => {
      close = () => controller.close();
    },
  });
  answers.push(() => new Response(body));

  const sent = transport.send('x', 8 * KIB);
  await settle();
  expect(transport.room()).toBe(24 * KIB);
  close();
  await sent;

  expect(transport.room()).toBe(32 * KIB);
});

test.each<[string, () => Response | Promise<Response>]>([
  ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
  [
    'a policy of the page throws',
    () => {
      throw new TypeError('blocked');
    },
  ],
  [
    'the answer is cut',
    () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.error(new TypeError('cut')),
        }),
      ),
  ],
])('when %s the body is to be sent again', async (_, answer) => {
  inBrowser();
  const { transport, answers, time } = makeTransport();
  answers.push(answer);

  expect(await transport.send('x', KIB)).toEqual({ retryMs: 0 });
  expect(transport.room()).toBe(32 * KIB);
  expect(time.running()).toBe(0);
});

test('a collector that does not answer is given up after ten seconds', async () => {
  inBrowser();
  const { transport, answers, calls, time } = makeTransport();
  answers.push(
    () =>
      new Promise((_, reject) => {
        calls[0]?.init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  const result = transport.send('x', 1);

  time.advance(9999);
  expect(calls[0]?.init.signal?.aborted).toBe(false);
  time.advance(1);

  expect(await result).toEqual({ retryMs: 0 });
});

test('an answer leaves no timer behind', async () => {
  inBrowser();
  const { transport, time } = makeTransport();

  await transport.send('x', 1);

  expect(time.running()).toBe(0);
});

test.each([429, 502, 503, 504])('a collector that answers %i is asked again', async (status) => {
  inBrowser();
  const { transport, answers } = makeTransport();
  answers.push(() => new Response('{"code":14}', { status }));

  expect(await transport.send('x', 1)).toEqual({ retryMs: 0 });
});

test.each([400, 401, 403, 404, 408, 413, 415, 422, 500, 501, 505, 507])(
  'a collector that answers %i has rejected all, once and for all',
  async (status) => {
    inBrowser();
    const { transport, answers } = makeTransport();
    answers.push(() => new Response('{"code":3}', { status }));

    const result = await transport.send('x', 1);

    expect(result.retryMs).toBeUndefined();
    expect(result.rejected).toBe(Infinity);
  },
);

test.each([
  ['3', 3000],
  ['120', 120_000],
  ['0', 0],
  ['soon', 0],
])('Retry-After: %s means %i ms', async (value, expected) => {
  inBrowser();
  const { transport, answers } = makeTransport();
  answers.push(() => new Response('', { status: 503, headers: { 'retry-after': value } }));

  expect(await transport.send('x', 1)).toEqual({ retryMs: expected });
});

test.each(['', '<html>a proxy</html>', 'null', '[]', '7', '{"partialSuccess":null}', '{"partialSuccess":{"rejectedSpans":"many"}}'])(
  'the answer 200 with the body %s is full success',
  async (body) => {
    inBrowser();
    const { transport, answers } = makeTransport();
    answers.push(() => new Response(body));

    const result = await transport.send('x', 1);

    expect([result.retryMs, result.rejected ?? 0]).toEqual([undefined, 0]);
  },
);

test('a page that goes, in a browser whose fetch cannot survive it, leaves a beacon', async () => {
  const beacons: [string, Blob][] = [];
  inBrowser({ knowsKeepalive: false, sendBeacon: (url: string, body: Blob) => beacons.push([url, body]) > 0 });
  const { transport, calls } = makeTransport();

  const result = await transport.send('{"a":1}', 7, true);

  expect(result).toEqual({});
  expect(calls).toEqual([]);
  expect(beacons[0]?.[0]).toBe(COLLECTOR);
  expect([beacons[0]?.[1].type, await beacons[0]?.[1].text()]).toEqual(['application/json', '{"a":1}']);
});

test('a page that stays uses fetch in such a browser too', async () => {
  inBrowser({ knowsKeepalive: false, sendBeacon: () => true });
  const { transport, calls } = makeTransport();

  await transport.send('x', 1);

  expect(calls).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['is full', () => false],
  [
    'throws',
    () => {
      throw new TypeError('refused');
    },
  ],
  ['is absent', undefined],
])('a beacon that %s loses nothing', async (_, sendBeacon) => {
  inBrowser({ knowsKeepalive: false, sendBeacon });
  const { transport } = makeTransport();

  expect(await transport.send('x', 1, true)).toEqual({ retryMs: 0 });
});
