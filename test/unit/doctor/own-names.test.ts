import { expect, test } from 'vitest';
import { isOnBlockerLists } from '../../../src/doctor/blocklist.js';

test.each(['/rootspan.js', '/rootspan-full.js', '/early.js', '/sri.json', '/v1/traces', '/v1/logs'])(
  'our own %s is none of the names that blockers stop',
  (path) => {
    expect(isOnBlockerLists(new URL(path, 'https://shop.test'))).toBe(false);
  },
);

test.each(['/rum/events', '/rum-collector/v1/traces', '/beacon.js', '/boomerang.js'])('%s is one', (path) => {
  expect(isOnBlockerLists(new URL(path, 'https://shop.test'))).toBe(true);
});
