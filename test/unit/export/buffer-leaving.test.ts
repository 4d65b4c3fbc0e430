import { expect, test } from 'vitest';
import { createLongRecord, createRecords } from '../support/records.js';
import { addAll, countsOf, retry, start } from '../support/start-buffer.js';
import { settle } from '../support/time.js';

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

test.each([0, 500, 2000])(
  'with %i bytes of room a page that goes does not encode its queue over and over',
  (room) => {
    const run = start();
    run.transport.roomLeft = room;
    let reads = 0;
    const events = {
      get: () => {
        reads++;
        return undefined;
      },
      enumerable: true,
    };
    addAll(
      run,
      createRecords(300).map((record) => Object.defineProperty(record, 'events', events)),
    );
    reads = 0;

    void run.buffer.flush(true);

    // Each encoding costs the page some microseconds, at the moment when it shall go.
    expect(reads).toBeLessThan(1000);
  },
);

test('a page that stays after all learns what became of its bodies', async () => {
  const run = start();
  run.transport.answers.push(retry);
  addAll(run, createRecords(3));

  await run.buffer.flush(true);
  await settle();
  expect(run.buffer.counts()).toEqual(countsOf(0, 3));
  await run.time.pass(5000);

  expect(run.buffer.counts()).toEqual(countsOf(3, 0));
});
