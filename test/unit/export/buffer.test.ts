import { expect, test } from 'vitest';
import type { SendResult } from '../../../src/export/transport.js';
import { createLongRecord, createRecord, createRecords } from '../support/records.js';
import { addAll, countsOf, retry, start } from '../support/start-buffer.js';
import { settle } from '../support/time.js';

test('a span waits for the interval at most', async () => {
  const { buffer, time, sizes } = start();

  buffer.add(createRecord());
  await time.pass(3000);
  buffer.add(createRecord());
  await time.pass(1999);
  expect(sizes()).toEqual([]);
  await time.pass(1);

  expect(sizes()).toEqual([2]);
  expect(buffer.counts()).toEqual(countsOf(2, 0));
});

test('the interval is the one that was configured', async () => {
  const { buffer, time, sizes } = start({ flushInterval: 200 });

  buffer.add(createRecord());
  await time.pass(200);

  expect(sizes()).toEqual([1]);
});

test('fifty spans do not wait', async () => {
  const run = start();

  addAll(run, createRecords(20));
  await run.time.pass(0);
  expect(run.sizes()).toEqual([]);
  addAll(run, createRecords(30));
  await run.time.pass(0);

  expect(run.sizes().reduce((total, size) => total + size, 0)).toBe(50);
});

test('a few long spans do not wait', async () => {
  const run = start();

  addAll(run, [createLongRecord(8000), createLongRecord(8000)]);
  await run.time.pass(0);

  expect(run.sizes()).not.toEqual([]);
});

test('nothing waits and no timer runs when all is sent', async () => {
  const run = start();

  addAll(run, createRecords(60));
  await run.time.pass(60_000);

  expect(run.time.running()).toBe(0);
});

test('a flush waits for the request under way, and sends what has ended since', async () => {
  const run = start();
  let answer = (_: SendResult) => {};
  run.transport.answers.push(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  addAll(run, createRecords(2));
  void run.buffer.flush();
  addAll(run);
  let isDone = false;
  const flushes = [run.buffer.flush(), run.buffer.flush()];
  const done = Promise.all(flushes).then(() => {
    isDone = true;
  });
  await settle();
  expect([isDone, run.sizes()]).toEqual([false, [2]]);

  answer({});
  await done;
  expect(run.sizes()).toEqual([2, 1]);
  expect(run.buffer.counts()).toEqual(countsOf(3, 0));
});

test('nothing is sent when nothing waits', async () => {
  const { buffer, transport } = start();

  await buffer.flush();
  await buffer.flush(true);

  expect(transport.requests).toEqual([]);
});

test('a flush sends all that waits, in bodies of 16 KiB at most, in order', async () => {
  const run = start();
  const spans = createRecords(45, { attributes: { text: 'é'.repeat(500) } });
  addAll(run, spans);

  await run.buffer.flush();

  const { requests } = run.transport;
  expect(requests.length).toBeGreaterThan(2);
  for (const { bytes, body } of requests) {
    expect(bytes).toBe(Buffer.byteLength(body));
    expect(bytes).toBeLessThanOrEqual(16 * 1024);
  }
  const ids = requests.flatMap(({ body }) => Array.from(body.matchAll(/"spanId":"(\w+)"/g), ([, id]) => id));
  expect(ids).toEqual(spans.map(({ spanId }) => spanId));
});

test('a span that is longer than a body goes alone', async () => {
  const run = start();
  addAll(run, [createRecord(), createLongRecord(30_000), createRecord()]);

  await run.buffer.flush();

  expect(run.sizes()).toEqual([1, 1, 1]);
});

test('one request is under way at a time', async () => {
  const run = start();
  let answer = (_: SendResult) => {};
  run.transport.answers.push(new Promise((resolve) => (answer = resolve)));
  addAll(run, createRecords(50));
  await run.time.pass(0);

  addAll(run, createRecords(100));
  await run.time.pass(20_000);
  void run.buffer.flush();
  await settle();
  expect(run.transport.requests).toHaveLength(1);
  answer({});
  await run.time.pass(5000);

  expect(run.buffer.counts()).toEqual(countsOf(150, 0));
});

test('while a request is under way no timer runs, however much waits', async () => {
  const run = start();
  let answer = (_: SendResult) => {};
  run.transport.answers.push(new Promise((resolve) => (answer = resolve)));
  addAll(run);
  await run.time.pass(5000);

  addAll(run, createRecords(100));
  expect(run.time.running()).toBe(0);
  answer({});
  await settle();

  expect(run.buffer.counts()).toEqual(countsOf(101, 0));
});

test.each([
  [{ rejected: Infinity }, 0, 3],
  [{ rejected: 2 }, 1, 2],
  [{ rejected: 0 }, 3, 0],
  [{ rejected: 99 }, 0, 3],
  [{ rejected: -5 }, 3, 0],
])(
  'after the answer %j of three spans %i are sent and %i rejected, none sent again',
  async (answer, sent, rejected) => {
    const run = start();
    run.transport.answers.push(answer);
    addAll(run, createRecords(3));

    await run.buffer.flush();
    await run.time.pass(120_000);

    expect(run.buffer.counts()).toEqual(countsOf(sent, 0, rejected ? { rejected } : {}));
    expect(run.transport.requests).toHaveLength(1);
  },
);

test('spans that JSON cannot hold are dropped and counted, and the others are sent by the same flush', async () => {
  const run = start();
  const bad = () => createRecord({ attributes: { a: 1n as unknown as number } });
  addAll(run, [bad(), createRecord(), bad(), createRecord(), createRecord(), bad()]);

  await run.buffer.flush();

  expect(run.buffer.counts()).toEqual(countsOf(3, 0, { encoding: 3 }));
});

test('after stop no timer is left, and none is begun', async () => {
  const run = start();
  run.transport.answers.push(retry, retry);
  addAll(run, createRecords(3));
  void run.buffer.flush(true);

  run.buffer.stop();
  await settle();
  addAll(run, createRecords(60));
  await run.buffer.flush();

  expect(run.time.running()).toBe(0);
});

test('the counts that are handed out are a copy', () => {
  const { buffer } = start();
  buffer.drop('processor');

  buffer.counts().dropped.processor = 99;

  expect(buffer.counts().dropped).toEqual({ processor: 1 });
});
