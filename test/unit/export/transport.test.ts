import { expect, test } from 'vitest';
import { COLLECTOR, inBrowser, KIB, makeTransport } from '../support/make-transport.js';
import { settle } from '../support/time.js';

test('a body is posted as JSON, without cookies, in a request that survives the page', async () => {
  inBrowser();
  const { transport, calls } = makeTransport({ headers: { 'x-api-key': 'public' } });

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
])('when %s the body is to be sent again', async (_, answer) => {
  inBrowser();
  const { transport, answers, time } = makeTransport();
  answers.push(answer);

  expect(await transport.send('x', KIB)).toEqual({ retryMs: 0 });
  expect(transport.room()).toBe(32 * KIB);
  expect(time.running()).toBe(0);
});

test.each([
  [200, { rejected: 0 }],
  [400, { rejected: Infinity }],
  [503, { retryMs: 0 }],
])('an answer with status %i that is cut is one all the same', async (status, expected) => {
  inBrowser();
  const { transport, answers, time } = makeTransport();
  const cut = new ReadableStream({ start: (controller) => controller.error(new TypeError('cut')) });
  answers.push(() => new Response(cut, { status }));

  expect(await transport.send('x', KIB)).toEqual(expected);
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

// Chromium fails the promise as the page goes, and the request arrives all the same.
test('a request that survives the page, and fails as the page goes, has been handed over', async () => {
  inBrowser();
  const { transport, answers, leave } = makeTransport();
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));

  const result = transport.send('x', KIB, true);
  leave();

  expect(await result).toEqual({});
});

test('a request that survives the page, and fails just before the agent hears that the page goes, is handed over', async () => {
  inBrowser();
  const { transport, answers, leave } = makeTransport();
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));

  const result = transport.send('x', KIB);
  await Promise.resolve().then(leave);

  expect(await result).toEqual({});
});

test('a request that fails while the page is back, sent before it was left, is not sent again', async () => {
  inBrowser();
  const { transport, answers, leave } = makeTransport();
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));

  const result = transport.send('x', KIB);
  leave();
  leave();

  expect(await result).toEqual({});
});

test('a request that cannot survive the page, and fails as the page goes, is to be sent again', async () => {
  inBrowser();
  const { transport, answers, leave } = makeTransport();
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));

  const result = transport.send('x', 40 * KIB);
  leave();

  expect(await result).toEqual({ retryMs: 0 });
});

test('an answer leaves no timer behind', async () => {
  inBrowser();
  const { transport, time } = makeTransport();

  await transport.send('x', 1);

  expect(time.running()).toBe(0);
});
