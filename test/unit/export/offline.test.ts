import { expect, test } from 'vitest';
import { keepUnsent, type OfflineStore } from '../../../src/export/offline.js';
import type { SendResult } from '../../../src/export/transport.js';
import { clearStore, listStore, writeStore } from '../../../src/platform/storage.js';
import type { Config } from '../../../src/types.js';
import { withGlobals } from '../support/globals.js';
import { createRecords } from '../support/records.js';
import { addAll, retry, start } from '../support/start-buffer.js';
import { createTime, type Time } from '../support/time.js';

const PREFIX = 'rootspan.unsent1.Spans.';

/** The store of a page; two with the same storage are two pages of one origin. */
const open = (time: Time = createTime(), config: Config = {}, window: object = {}): OfflineStore => {
  let ids = 0;
  withGlobals({ navigator: {}, window });
  const native = { fetch, after: time.after };
  return keepUnsent('Spans', {
    native,
    config,
    collector: new URL('https://otel.example/v1/traces'),
    clock: time,
    id: () => `${++ids}${Math.random()}`,
  });
};

const empty = () => clearStore('', 'memory');

test('what a page leaves while the collector is away is sent by the next page, once', async () => {
  empty();
  const first = start({ offline: open() });
  first.transport.answers.push(retry);
  addAll(first, createRecords(60));
  await first.buffer.flush();
  await first.buffer.flush(true);
  expect(first.buffer.counts()).toMatchObject({ recorded: 60, sent: 0, waiting: 0, stored: 60, dropped: {} });
  const next = start({ offline: open() });
  const other = start({ offline: open() });

  await next.time.pass(5000);
  await other.time.pass(5000);

  expect(next.buffer.counts()).toMatchObject({ recorded: 60, sent: 60, waiting: 0, stored: 0 });
  expect(other.buffer.counts()).toMatchObject({ recorded: 0, sent: 0 });
  expect(next.time.running()).toBe(0);
});

test('a page that stays takes back what it had put by', async () => {
  empty();
  const run = start({ offline: open() });
  run.transport.answers.push(retry);
  addAll(run, createRecords(3));
  await run.buffer.flush();
  await run.buffer.flush(true);
  expect(run.buffer.counts()).toMatchObject({ waiting: 0, stored: 3 });

  await run.time.pass(10_000);

  expect(run.buffer.counts()).toMatchObject({ recorded: 3, sent: 3, stored: 0 });
});

test('a hidden page puts by what fails after it was hidden: it may be killed without a word', async () => {
  empty();
  const run = start({ offline: open() });
  let refuse = (_: SendResult) => {};
  run.transport.answers.push(
    new Promise((resolve) => {
      refuse = resolve;
    }),
  );
  addAll(run, createRecords(3));
  void run.buffer.flush();
  withGlobals({ document: { visibilityState: 'hidden' } });
  void run.buffer.flush(true);
  expect(run.buffer.counts()).toMatchObject({ waiting: 3, stored: 0 });

  refuse(retry);
  await run.time.pass(0);

  expect(run.buffer.counts()).toMatchObject({ waiting: 0, stored: 3 });
});

test('what the browser holds for a killed tab goes on waiting, in its order', async () => {
  empty();
  const time = createTime();
  const held: string[] = [];
  const fetchLater = (_: string, { body }: { body: string }) => held.push(body);
  const offline = open(time, {}, { fetchLater });
  const run = start({ offline, time });
  addAll(run, createRecords(1, { name: 'first', parentSpanId: '00f067aa0ba902b7' }));
  addAll(run, createRecords(1, { name: 'failed', status: 2 }));

  await time.pass(1000);

  expect(held[0]).toMatch(/failed.*first/);
  await run.buffer.flush();
  expect(run.transport.requests[0]?.body).toMatch(/first.*failed/);
});

test('what has no room in the last requests of a page is put by', async () => {
  empty();
  const run = start({ offline: open() });
  run.transport.roomLeft = 3000;
  const { send } = run.transport;
  run.transport.send = (body, bytes, isLeaving) => {
    run.transport.roomLeft -= bytes;
    return send(body, bytes, isLeaving);
  };
  addAll(run, createRecords(40));

  await run.buffer.flush(true);

  const { sent, stored } = run.buffer.counts();
  expect(sent).toBeGreaterThan(0);
  expect(sent + stored).toBe(40);
});

test('more than 16 requests are not kept: the rest waits, and all is accounted for', async () => {
  empty();
  const run = start({ offline: open() });
  run.transport.answers.push(retry);
  addAll(run, createRecords(900));
  await run.buffer.flush();

  await run.buffer.flush(true);

  const { recorded, stored, waiting } = run.buffer.counts();
  expect(listStore(PREFIX)).toHaveLength(16);
  expect([recorded, stored + waiting]).toEqual([900, 900]);
  expect(waiting).toBeGreaterThan(0);
});

test('what is older than a day is dropped and counted', async () => {
  empty();
  const time = createTime();
  open(time).add('{"resourceSpans":[]}', 7);
  time.advance(24 * 3600_000 + 1000);

  const run = start({ offline: open(time) });
  await run.time.pass(5000);

  expect(run.buffer.counts()).toMatchObject({ recorded: 7, sent: 0, dropped: { expired: 7 } });
});

test.each([
  ['no number', 'x.1.a', '{"resourceSpans":[]}'],
  ['no count', '1763719200000', '{"resourceSpans":[]}'],
  ['no JSON', '1763719200000.3.a', '{"resourceSpans":['],
  ['another body', '1763719200000.3.a', '{"card":"4111"}'],
  ['null', '1763719200000.3.a', 'null'],
])('what another script has left there is not sent: %s', async (_, name, value) => {
  empty();
  writeStore(PREFIX + name, value);

  const run = start({ offline: open() });
  await run.time.pass(5000);

  expect(run.transport.requests).toEqual([]);
  expect(listStore(PREFIX)).toEqual([]);
});

test('a body that fails again is put by again', async () => {
  empty();
  open().add('{"resourceSpans":[]}', 2);
  const run = start({ offline: open() });
  run.transport.answers.push(retry);

  await run.time.pass(5000);
  expect(run.buffer.counts()).toMatchObject({ recorded: 2, stored: 2 });
  await run.time.pass(10_000);

  expect(run.buffer.counts()).toMatchObject({ recorded: 2, sent: 2, stored: 0 });
});

test('while another tab takes, this one does not', async () => {
  const store = open();
  store.add('{"resourceSpans":[]}', 1);
  let runs = 0;
  const request = async (_name: string, _options: object, run: (lock: null) => unknown) => run(null);
  withGlobals({ navigator: { locks: { request } } });

  await store.lock(async () => {
    runs++;
    return true;
  });

  expect(runs).toBe(0);
  empty();
});

test('the lock is let go while a slow collector still has to answer, and one request is under way', async () => {
  empty();
  open().add('{"resourceSpans":[]}', 2);
  open().add('{"resourceSpans":[]}', 3);
  const time = createTime();
  const run = start({ offline: open(time), time });
  let answer = (_: SendResult) => {};
  run.transport.answers.push(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  let held = 0;
  const request = async (_name: string, _options: object, hold: (lock: object) => unknown) => {
    held++;
    await hold({});
    held--;
  };
  withGlobals({ navigator: { locks: { request } } });

  void run.buffer.flush();
  await time.pass(0);
  expect(held).toBe(1);
  await time.pass(200);

  expect(held).toBe(0);
  expect(run.transport.requests).toHaveLength(1);
  expect(run.buffer.counts()).toMatchObject({ recorded: 2, sent: 0, waiting: 2 });
  expect(listStore(PREFIX)).toHaveLength(1);
  answer(retry);
  await time.pass(0);
  expect(run.buffer.counts()).toMatchObject({ recorded: 2, waiting: 0, stored: 2 });
  expect(listStore(PREFIX)).toHaveLength(2);
  await time.pass(60_000);
  expect(run.buffer.counts()).toMatchObject({ recorded: 5, sent: 5, stored: 0, waiting: 0 });
});

test('denied consent counts what was put by as lost', async () => {
  empty();
  const run = start({ offline: open() });
  run.transport.answers.push(retry);
  addAll(run, createRecords(4));
  await run.buffer.flush();
  await run.buffer.flush(true);

  run.transport.state = 'denied';
  await run.buffer.flush();

  expect(run.buffer.counts()).toMatchObject({ stored: 0, waiting: 0, dropped: { consent: 4 } });
});
