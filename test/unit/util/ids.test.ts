import { webcrypto } from 'node:crypto';
import { expect, test } from 'vitest';
import { createIds } from '../../../src/util/ids.js';
import { withGlobals } from '../support/globals.js';

test.each([14, 16, 32])('an id of %i digits is lower-case hex', (digits) => {
  const id = createIds();

  const ids = Array.from({ length: 200 }, () => id(digits));

  expect(ids.every((each) => new RegExp(`^[0-9a-f]{${digits}}$`).test(each))).toBe(true);
});

test('no id comes twice', () => {
  const id = createIds();

  const ids = new Set(Array.from({ length: 20_000 }, () => id(16)));

  expect(ids.size).toBe(20_000);
});

test('an id is never all zero', () => {
  let isFirst = true;
  withGlobals({
    crypto: {
      getRandomValues: (bytes: Uint8Array) => {
        bytes.fill(isFirst ? 0 : 0xab);
        isFirst = false;
        return bytes;
      },
    },
  });

  const id = createIds();

  expect([id(16), id(32)]).toEqual(['ab'.repeat(8), 'ab'.repeat(16)]);
});

test('one call to the generator of the system serves many ids', () => {
  let calls = 0;
  withGlobals({
    crypto: {
      getRandomValues: (bytes: Uint8Array) => {
        calls++;
        return webcrypto.getRandomValues(bytes);
      },
    },
  });
  const id = createIds();

  for (let count = 0; count < 100; count++) id(16);

  expect(calls).toBeLessThanOrEqual(5);
});

test('every digit is as frequent as the others, at the start and the end of an id', () => {
  const id = createIds();
  const ids = Array.from({ length: 16_000 }, () => id(16));

  for (const position of [0, 15]) {
    const counts = new Map<string, number>();
    for (const each of ids) counts.set(each.charAt(position), (counts.get(each.charAt(position)) ?? 0) + 1);
    // 1000 expected each, standard deviation 31: six of them, so that chance fails one run in ten million.
    expect(counts.size).toBe(16);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(186);
  }
});
