import { expect, test } from 'vitest';
import { createRecords } from '../support/records.js';
import { addAll, countsOf, retry, setRandom, start } from '../support/start-buffer.js';

test('after a failure the wait doubles, up to five minutes', async () => {
  const run = start({ flushInterval: 100 });
  run.transport.answers.push(...Array.from({ length: 11 }, () => retry));
  const waits: number[] = [];
  addAll(run);
  await run.buffer.flush();

  for (let attempt = 1; attempt < 11; attempt++) {
    const begin = run.time.elapsed();
    while (run.transport.requests.length === attempt) await run.time.pass(100);
    waits.push(Math.round((run.time.elapsed() - begin) / 1000));
  }

  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
});

test.each([
  [0, 500],
  [0.999, 1499],
])('the first wait is jittered: with %f it is %i ms', async (random, wait) => {
  const run = start({ flushInterval: 100 });
  setRandom(random);
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
  expect(run.buffer.counts()).toEqual(countsOf(5, 0));
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
