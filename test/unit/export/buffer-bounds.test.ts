import { expect, test } from 'vitest';
import type { SendResult } from '../../../src/export/transport.js';
import { createLongRecord, createRecord, createRecords } from '../support/records.js';
import { addAll, countsOf, retry, start, sum } from '../support/start-buffer.js';
import { settle } from '../support/time.js';

test('more than 1,000 spans do not wait: the new ones are dropped and counted', async () => {
  const run = start();
  run.transport.answers.push(new Promise(() => {}));
  const spans = createRecords(1200);

  addAll(run, spans);

  expect(run.buffer.counts()).toEqual(countsOf(0, 1000, { queue_full: 200 }));
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

  addAll(
    run,
    Array.from({ length: 500 }, () => span),
  );

  const { waiting, dropped } = run.buffer.counts();
  expect(waiting * 8000).toBeLessThan(512 * 1024);
  expect(waiting).toBeGreaterThan(40);
  expect(waiting + (dropped.queue_full ?? 0)).toBe(500);
});

test('room that a sent span leaves is used again', async () => {
  const run = start();

  for (let round = 0; round < 8; round++) {
    addAll(
      run,
      Array.from({ length: 20 }, () => createLongRecord(8000)),
    );
    await run.buffer.flush();
    await run.time.pass(0);
  }

  expect(run.buffer.counts()).toEqual(countsOf(160, 0));
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
