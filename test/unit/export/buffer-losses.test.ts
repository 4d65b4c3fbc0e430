import { expect, test } from 'vitest';
import { createLongRecord, createRecords } from '../support/records.js';
import { addAll, retry, start } from '../support/start-buffer.js';

const told = (body = '') =>
  [...body.matchAll(/rootspan\.dropped\.(\w+)","value":\{"intValue":"(\d+)"/g)].map(
    ([, reason, count]) => `${reason} ${count}`,
  );

test('losses are told by the next batch, once', async () => {
  const run = start();
  run.buffer.drop('rate');
  run.buffer.drop('rate');
  run.buffer.drop('processor');
  addAll(run, createRecords(60));
  await run.buffer.flush();
  run.buffer.drop('rate');
  addAll(run);
  await run.buffer.flush();

  expect(run.transport.requests.map(({ body }) => told(body))).toEqual([
    ['rate 2', 'processor 1'],
    [],
    ['rate 1'],
  ]);
});

test('losses that a lost batch told of are told again', async () => {
  const run = start();
  run.transport.answers.push(retry);
  run.buffer.drop('rate');
  addAll(run);
  await run.buffer.flush();
  run.buffer.drop('rate');
  await run.time.pass(10_000);

  expect(run.transport.requests.map(({ body }) => told(body))).toEqual([['rate 1'], ['rate 2']]);
});

test('the record itself does not change', async () => {
  const run = start();
  const [span] = createRecords(1);
  run.buffer.drop('rate');
  addAll(run, span && [span]);

  await run.buffer.flush();

  expect(Object.keys(span?.attributes ?? {})).not.toContain('rootspan.dropped.rate');
});

test.each([{ status: 2 as const }, { level: 'error' }, { level: 'fatal' }])(
  'after an error, here %j, the batch waits for a second at most',
  async (failed) => {
    const run = start();
    addAll(run, createRecords(3));
    addAll(run, createRecords(1, failed as object));

    await run.time.pass(999);
    expect(run.sizes()).toEqual([]);
    await run.time.pass(1);

    expect(run.sizes()).toEqual([4]);
  },
);

test('a page that goes with little room sends roots and errors first', () => {
  const run = start();
  run.transport.roomLeft = 2500;
  addAll(run, [
    ...createRecords(30, { parentSpanId: '00f067aa0ba902b7' }),
    ...createRecords(1, { status: 2, name: 'failed', parentSpanId: '00f067aa0ba902b7' }),
    ...createRecords(1, { name: 'root', parentSpanId: undefined }),
  ]);

  void run.buffer.flush(true);

  expect(run.transport.requests[0]?.body).toContain('"failed"');
  expect(run.transport.requests[0]?.body).toContain('"root"');
});

test('a collector that refuses everything is asked ever more rarely, and the losses are counted', async () => {
  const run = start({ flushInterval: 100 });
  run.transport.answers.push(...Array.from({ length: 1000 }, () => ({ rejected: Infinity })));

  for (let minute = 0; minute < 60; minute++) {
    addAll(run, [createLongRecord(2000)]);
    await run.time.pass(60_000);
  }

  const { recorded, waiting, dropped } = run.buffer.counts();
  expect(run.transport.requests.length).toBeLessThan(60);
  expect(recorded).toBe(waiting + (dropped.rejected ?? 0));
});

test('a collector that is dead for an hour is asked 60 times at most; then all that waits arrives', async () => {
  const run = start();
  run.transport.answers.push(...Array.from({ length: 60 }, () => retry));
  for (let minute = 0; minute < 60; minute++) {
    addAll(run, createRecords(10));
    await run.time.pass(60_000);
  }
  expect(run.transport.requests.length).toBeLessThanOrEqual(60);
  run.transport.answers.length = 0;

  await run.time.pass(600_000);

  expect(run.buffer.counts()).toMatchObject({ recorded: 600, sent: 600, waiting: 0 });
});

test('when the network is back nothing waits for the next attempt', async () => {
  const run = start();
  run.transport.answers.push(...Array.from({ length: 8 }, () => retry));
  addAll(run);
  await run.time.pass(200_000);
  run.transport.answers.length = 0;

  run.buffer.retry();
  await run.time.pass(0);

  expect(run.buffer.counts().sent).toBe(1);
});

test('a collector that has asked for a wait gets it, whatever the network says', async () => {
  const run = start();
  run.transport.answers.push({ retryMs: 60_000 });
  addAll(run);
  await run.buffer.flush();

  run.buffer.retry();
  await run.time.pass(59_000);
  expect(run.transport.requests).toHaveLength(1);
  await run.time.pass(1000);

  expect(run.buffer.counts().sent).toBe(1);
});
