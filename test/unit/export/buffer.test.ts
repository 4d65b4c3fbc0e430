import { expect, test, vi } from 'vitest';
import type { SendResult } from '../../../src/export/transport.js';
import { createFakeTransport, makeBuffer } from '../support/make-buffer.js';
import { createLongRecord, createRecord, createRecords } from '../support/records.js';
import { createTime, settle } from '../support/time.js';

const retry: SendResult = { retryMs: 0 };

/** A buffer and its collector; `Math.random` in the middle, so that a back-off is as long as its mean. */
const start = ({ flushInterval = 5000 } = {}) => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const transport = createFakeTransport();
  const sizes = () => transport.requests.map(({ spans }) => spans);
  return { transport, sizes, ...makeBuffer(transport, { time: createTime(), flushInterval }) };
};

const addAll = ({ buffer }: Pick<ReturnType<typeof start>, 'buffer'>, spans = createRecords(1)) => {
  for (const span of spans) buffer.add(span);
};

const sum = (dropped: Record<string, number>) => Object.values(dropped).reduce((total, count) => total + count, 0);

test('a span waits for the interval at most', async () => {
  const { buffer, time, sizes } = start();

  buffer.add(createRecord());
  await time.pass(3000);
  buffer.add(createRecord());
  await time.pass(1999);
  expect(sizes()).toEqual([]);
  await time.pass(1);

  expect(sizes()).toEqual([2]);
  expect(buffer.counts()).toEqual({ sent: 2, waiting: 0, dropped: {} });
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

  expect(run.buffer.counts()).toEqual({ sent: 150, waiting: 0, dropped: {} });
});

test('more than 1,000 spans do not wait: the new ones are dropped and counted', async () => {
  const run = start();
  run.transport.answers.push(new Promise(() => {}));
  const spans = createRecords(1200);

  addAll(run, spans);

  expect(run.buffer.counts()).toEqual({ sent: 0, waiting: 1000, dropped: { queue_full: 200 } });
});

const text = 'x'.repeat(4000);

test.each([
  ['attributes', createRecord({ attributes: { a: text, b: text } })],
  ['a list', createRecord({ attributes: { a: [text, text] } })],
  ['events', createRecord({ events: [{ name: 'exception', time: 1, attributes: { a: text, b: text } }] })],
  [
    'links',
    createRecord({
      links: [{ context: { traceId: '1', spanId: '2', traceFlags: 1 }, attributes: { a: text, b: text } }],
    }),
  ],
  ['name and message', createRecord({ name: text, statusMessage: text })],
])('no more than half a megabyte waits, when it is %s that are long', (_, span) => {
  const run = start();
  run.transport.answers.push(new Promise(() => {}));

  addAll(run, Array.from({ length: 500 }, () => span));

  const { waiting, dropped } = run.buffer.counts();
  expect(waiting * 8000).toBeLessThan(512 * 1024);
  expect(waiting).toBeGreaterThan(40);
  expect(waiting + (dropped.queue_full ?? 0)).toBe(500);
});

test('room that a sent span leaves is used again', async () => {
  const run = start();

  for (let round = 0; round < 8; round++) {
    addAll(run, Array.from({ length: 20 }, () => createLongRecord(8000)));
    await run.buffer.flush();
    await run.time.pass(0);
  }

  expect(run.buffer.counts()).toEqual({ sent: 160, waiting: 0, dropped: {} });
});

test('after a failure the wait doubles, up to a minute', async () => {
  const run = start({ flushInterval: 100 });
  run.transport.answers.push(...Array.from({ length: 9 }, () => retry));
  const waits: number[] = [];
  addAll(run);
  await run.buffer.flush();

  for (let attempt = 1; attempt < 9; attempt++) {
    const begin = run.time.elapsed();
    while (run.transport.requests.length === attempt) await run.time.pass(100);
    waits.push(Math.round((run.time.elapsed() - begin) / 1000));
  }

  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
});

test.each([
  [0, 500],
  [0.999, 1499],
])('the first wait is jittered: with %f it is %i ms', async (random, wait) => {
  const run = start({ flushInterval: 100 });
  vi.spyOn(Math, 'random').mockReturnValue(random);
  run.transport.answers.push(retry);
  addAll(run);
  await run.buffer.flush();

  await run.time.pass(wait - 1);
  expect(run.transport.requests).toHaveLength(1);
  await run.time.pass(2);

  expect(run.transport.requests).toHaveLength(2);
});

test('a retry sends the very same spans, first', async () => {
  const run = start();
  run.transport.answers.push(retry);
  addAll(run, createRecords(3));
  await run.buffer.flush();
  addAll(run, createRecords(2));

  await run.time.pass(10_000);

  const ids = run.transport.requests.map(({ body }) => body.match(/"spanId":"\w+"/g) ?? []);
  expect(ids[1]?.slice(0, 3)).toEqual(ids[0]);
  expect(run.buffer.counts()).toEqual({ sent: 5, waiting: 0, dropped: {} });
});

test('a success sets the back-off to its beginning', async () => {
  const run = start({ flushInterval: 100 });
  run.transport.answers.push(retry, retry, retry, {}, retry);
  addAll(run);
  await run.buffer.flush();
  await run.time.pass(20_000);
  addAll(run);
  await run.buffer.flush();
  const { length } = run.transport.requests;

  await run.time.pass(1001);

  expect(run.transport.requests.length).toBe(length + 1);
});

test('nothing is sent before the time that the collector has asked for', async () => {
  const run = start();
  run.transport.answers.push({ retryMs: 30_000 });
  addAll(run);
  await run.buffer.flush();

  addAll(run, createRecords(100));
  await run.time.pass(29_000);
  await run.buffer.flush();
  expect(run.transport.requests).toHaveLength(1);
  await run.time.pass(1001);

  expect(run.buffer.counts().sent).toBe(101);
});

test('a collector cannot silence the agent for ever, or set a timer that overflows', async () => {
  const run = start();
  run.transport.answers.push({ retryMs: 1e15 });
  addAll(run);

  await run.buffer.flush();
  await run.time.pass(0);

  expect(Math.max(...run.time.waits)).toBeLessThan(2 ** 31);
  await run.time.pass(3_600_000);
  expect(run.buffer.counts().sent).toBe(1);
});

test('a dead collector is asked no more than 14 times in five seconds, and a few times a minute', async () => {
  const run = start({ flushInterval: 100 });
  run.transport.answers.push(...Array.from({ length: 1000 }, () => retry));

  for (let second = 0; second < 5; second++) {
    addAll(run, createRecords(100));
    await run.time.pass(1000);
  }
  expect(run.transport.requests.length).toBeLessThanOrEqual(14);
  await run.time.pass(295_000);

  expect(run.transport.requests.length).toBeLessThan(25);
});

test('a wall clock that is set back does not delay a retry', async () => {
  const run = start();
  run.transport.answers.push(retry);
  addAll(run);
  await run.buffer.flush();

  run.time.jump(-3_600_000);
  await run.time.pass(5000);

  expect(run.buffer.counts().sent).toBe(1);
});

test.each([
  [{ rejected: Infinity }, 0, 3],
  [{ rejected: 2 }, 1, 2],
  [{ rejected: 0 }, 3, 0],
  [{ rejected: 99 }, 0, 3],
  [{ rejected: -5 }, 3, 0],
])('after the answer %j of three spans %i are sent and %i rejected, none sent again', async (answer, sent, rejected) => {
  const run = start();
  run.transport.answers.push(answer);
  addAll(run, createRecords(3));

  await run.buffer.flush();
  await run.time.pass(120_000);

  expect(run.buffer.counts()).toEqual({ sent, waiting: 0, dropped: rejected ? { rejected } : {} });
  expect(run.transport.requests).toHaveLength(1);
});

test('a failed body is waiting again, and the youngest give way to it', async () => {
  const run = start();
  let answer = (_: SendResult) => {};
  run.transport.answers.push(new Promise((resolve) => (answer = resolve)));
  const spans = createRecords(1050);
  addAll(run, spans.slice(0, 20));
  void run.buffer.flush();
  addAll(run, spans.slice(20));
  answer(retry);
  await settle();

  const { waiting, dropped } = run.buffer.counts();

  expect(waiting + sum(dropped)).toBe(1050);
  expect(waiting).toBeLessThanOrEqual(1000);
  await run.buffer.flush(true);
  expect(run.transport.requests[1]?.body).toContain(spans[0]?.spanId);
});

test('a page that goes sends in the same turn, up to what survives it', () => {
  const run = start();
  addAll(run, createRecords(40));

  void run.buffer.flush(true);

  expect(run.sizes().reduce((total, size) => total + size, 0)).toBe(40);
  expect(run.transport.requests.every(({ isLeaving }) => isLeaving)).toBe(true);
});

test('a page that goes sends no body that is longer than the room there is', () => {
  const run = start();
  run.transport.roomLeft = 5000;
  const { send } = run.transport;
  run.transport.send = (body, bytes, isLeaving) => {
    expect(bytes).toBeLessThanOrEqual(run.transport.roomLeft);
    run.transport.roomLeft -= bytes;
    return send(body, bytes, isLeaving);
  };
  addAll(run, createRecords(40));

  void run.buffer.flush(true);

  const sent = run.sizes().reduce((total, size) => total + size, 0);
  expect(sent).toBeGreaterThan(3);
  expect(run.buffer.counts().waiting).toBe(40);
});

test('a span too long for a page that goes holds up no other', () => {
  const run = start();
  addAll(run, [createLongRecord(30_000), ...createRecords(5)]);

  void run.buffer.flush(true);

  expect(run.sizes().reduce((total, size) => total + size, 0)).toBe(5);
});

test('a page that goes does not wait for the back-off, or for a request under way', async () => {
  const run = start();
  run.transport.answers.push(retry, new Promise(() => {}));
  addAll(run);
  await run.buffer.flush();
  void run.buffer.flush(true);
  addAll(run);

  void run.buffer.flush(true);

  expect(run.sizes()).toEqual([1, 1, 1]);
});

test.each([0, 500, 2000])('with %i bytes of room a page that goes does not encode its queue over and over', (room) => {
  const run = start();
  run.transport.roomLeft = room;
  addAll(run, createRecords(900));

  void run.buffer.flush(true);

  // Each encoding costs the page some microseconds, at the moment when it shall go.
  expect(run.countEncoded()).toBeLessThan(2000);
});

test('a page that stays after all learns what became of its bodies', async () => {
  const run = start();
  run.transport.answers.push(retry);
  addAll(run, createRecords(3));

  await run.buffer.flush(true);
  await settle();
  expect(run.buffer.counts()).toEqual({ sent: 0, waiting: 3, dropped: {} });
  await run.time.pass(5000);

  expect(run.buffer.counts()).toEqual({ sent: 3, waiting: 0, dropped: {} });
});

test('spans that JSON cannot hold are dropped and counted, and the others are sent by the same flush', async () => {
  const run = start();
  const bad = () => createRecord({ attributes: { a: 1n as unknown as number } });
  addAll(run, [bad(), createRecord(), bad(), createRecord(), createRecord(), bad()]);

  await run.buffer.flush();

  expect(run.buffer.counts()).toEqual({ sent: 3, waiting: 0, dropped: { encoding: 3 } });
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
