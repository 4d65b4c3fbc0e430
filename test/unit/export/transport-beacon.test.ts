import { expect, test } from 'vitest';
import { COLLECTOR, inBrowser, KIB, makeTransport } from '../support/make-transport.js';

test('a page that goes, in a browser whose fetch cannot survive it, leaves a beacon', async () => {
  const beacons: [string, Blob][] = [];
  inBrowser({
    knowsKeepalive: false,
    sendBeacon: (url: string, body: Blob) => beacons.push([url, body]) > 0,
  });
  const { transport, calls } = makeTransport();

  const result = await transport.send('{"a":1}', 7, true);

  expect(result).toEqual({});
  expect(calls).toEqual([]);
  expect(beacons[0]?.[0]).toBe(COLLECTOR);
  expect([beacons[0]?.[1].type, await beacons[0]?.[1].text()]).toEqual(['application/json', '{"a":1}']);
});

test('a page that stays uses fetch in such a browser too', async () => {
  inBrowser({ knowsKeepalive: false, sendBeacon: () => true });
  const { transport, calls } = makeTransport();

  await transport.send('x', 1);

  expect(calls).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['is full', () => false],
  [
    'throws',
    () => {
      throw new TypeError('refused');
    },
  ],
  ['is absent', undefined],
])('a beacon that %s loses nothing', async (_, sendBeacon) => {
  inBrowser({ knowsKeepalive: false, sendBeacon });
  const { transport } = makeTransport();

  expect(await transport.send('x', 1, true)).toEqual({ retryMs: 0 });
});

test('beacons too leave the page its half of what survives it', async () => {
  inBrowser({ knowsKeepalive: false, sendBeacon: () => true });
  const { transport } = makeTransport();

  void transport.send('x', 20 * KIB, true);

  expect(transport.room()).toBeLessThanOrEqual(12 * KIB);
});
