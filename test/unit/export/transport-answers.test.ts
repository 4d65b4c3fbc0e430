import { expect, test } from 'vitest';
import { inBrowser, makeTransport } from '../support/make-transport.js';

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

test('Retry-After may be a date', async () => {
  inBrowser();
  const { transport, answers, time } = makeTransport();
  const date = new Date(time.now() + 90_000).toUTCString();
  answers.push(() => new Response('', { status: 429, headers: { 'retry-after': date } }));

  expect(await transport.send('x', 1)).toEqual({ retryMs: 90_000 });
});

test.each([
  '',
  '<html>a proxy</html>',
  'null',
  '[]',
  '7',
  '{"partialSuccess":null}',
  '{"partialSuccess":{"rejectedSpans":"many"}}',
])('the answer 200 with the body %s is full success', async (body) => {
  inBrowser();
  const { transport, answers } = makeTransport();
  answers.push(() => new Response(body));

  const result = await transport.send('x', 1);

  expect([result.retryMs, result.rejected ?? 0]).toEqual([undefined, 0]);
});
