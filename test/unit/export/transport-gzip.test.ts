import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { clearStore } from '../../../src/platform/storage.js';
import { inBrowser, makeTransport } from '../support/make-transport.js';
import { settle } from '../support/time.js';

const BODY = `{"a":"${'é'.repeat(2000)}"}`;
const LENGTH = Buffer.byteLength(BODY);

const make = (config = { compression: 'gzip' } as const) => {
  inBrowser();
  clearStore('', 'memory');
  const run = makeTransport(config);
  const sent = () =>
    run.calls.map(({ init }) => {
      const isPacked = new Headers(init.headers).get('content-encoding') === 'gzip';
      return isPacked
        ? `gzip ${gunzipSync(init.body as Uint8Array).length}`
        : `plain ${Buffer.byteLength(init.body as string)}`;
    });
  return { ...run, sent };
};

test('a body that is long enough is packed, a short one is not', async () => {
  const { transport, sent } = make();

  await transport.send(BODY, LENGTH);
  await transport.send('{}', 2);

  expect(sent()).toEqual([`gzip ${LENGTH}`, 'plain 2']);
});

test('to another origin nothing is packed unless it is asked for', async () => {
  const { transport, sent } = make({} as never);

  await transport.send(BODY, LENGTH);

  expect(sent()).toEqual([`plain ${LENGTH}`]);
});

test.each([400, 415])(
  'a collector that answers %i gets the same body as it is, and all later ones',
  async (status) => {
    const { transport, sent, answers } = make();
    answers.push(() => new Response('', { status }));

    expect(await transport.send(BODY, LENGTH)).toEqual({ rejected: 0 });
    await transport.send(BODY, LENGTH);

    expect(sent()).toEqual([`gzip ${LENGTH}`, `plain ${LENGTH}`, `plain ${LENGTH}`]);
    expect(transport.room()).toBe(32 * 1024);
  },
);

test('a body that is refused either way is rejected', async () => {
  const { transport, answers } = make();
  answers.push(
    () => new Response('', { status: 400 }),
    () => new Response('', { status: 400 }),
  );

  expect(await transport.send(BODY, LENGTH)).toEqual({ rejected: Infinity });
});

test('after a first network error the next attempt is not packed: it may have been CORS', async () => {
  const { transport, sent, answers } = make();
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));

  expect(await transport.send(BODY, LENGTH)).toEqual({ retryMs: 0 });
  await transport.send(BODY, LENGTH);

  expect(sent()[1]).toBe(`plain ${LENGTH}`);
});

test('where packing has worked, a network error changes nothing', async () => {
  const { transport, sent, answers } = make();
  await transport.send(BODY, LENGTH);
  answers.push(() => Promise.reject(new TypeError('Failed to fetch')));
  await transport.send(BODY, LENGTH);
  await transport.send(BODY, LENGTH);

  expect(sent()).toEqual([1, 2, 3].map(() => `gzip ${LENGTH}`));
});

test('a page that goes does not wait for the packing', async () => {
  const { transport, sent } = make();

  void transport.send(BODY, LENGTH);
  transport.hurry();
  await Promise.resolve();
  await Promise.resolve();

  expect(sent()).toEqual([`plain ${LENGTH}`]);
  await settle();
  expect(sent()).toHaveLength(1);
});

test('a body of a page that goes is not packed', () => {
  const { transport, sent } = make();

  void transport.send(BODY, LENGTH, true);

  expect(sent()).toEqual([`plain ${LENGTH}`]);
});
