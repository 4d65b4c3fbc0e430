import { expect, test } from 'vitest';
import { createRecords } from '../support/records.js';
import { addAll, countsOf, retry, start } from '../support/start-buffer.js';

test('nothing is sent while consent is pending, and all of it once it is granted', async () => {
  const { buffer, transport, sizes, time } = start();
  transport.state = 'pending';
  addAll({ buffer }, createRecords(7));
  time.advance(60_000);
  await buffer.flush();
  await buffer.flush(true);
  expect(sizes()).toEqual([]);

  transport.state = 'granted';
  await buffer.flush();

  expect(sizes()).toEqual([7]);
  expect(buffer.counts()).toEqual(countsOf(7, 0));
});

test('what comes last is kept before consent', async () => {
  const { buffer, transport } = start();
  transport.state = 'pending';

  addAll({ buffer }, createRecords(1200));

  expect(buffer.counts()).toEqual(countsOf(0, 1000, { queue_full: 200 }));
});

test('what waits is lost at once when consent is denied, and so is what comes later', () => {
  const { buffer, transport } = start();
  transport.state = 'pending';
  addAll({ buffer }, createRecords(7));

  transport.state = 'denied';
  void buffer.flush();
  addAll({ buffer }, createRecords(2));

  expect(buffer.counts()).toEqual(countsOf(0, 0, { consent: 9 }));
});

test('a batch that the collector did not take is not kept beyond a denial', async () => {
  const { buffer, transport } = start();
  transport.answers.push(Promise.resolve(retry));
  addAll({ buffer }, createRecords(3));

  const flushed = buffer.flush();
  transport.state = 'denied';
  await flushed;

  expect(buffer.counts()).toEqual(countsOf(0, 0, { consent: 3 }));
});
