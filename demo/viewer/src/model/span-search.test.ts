import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { findSpans } from './span-search.js';

const spans = [
  spanOf('a', null, 0, 1, { name: 'GET /api/cart', attributes: { 'http.response.status_code': 402 } }),
  spanOf('b', null, 0, 1, {
    events: [{ name: 'exception', time: 0, attributes: { 'exception.message': 'Card declined' } }],
  }),
];

test.each([
  ['api/CART', ['a']],
  ['status_code=402', ['a']],
  ['card declined', ['b']],
  ['shop-web', ['a', 'b']],
  ['nothing', []],
])('%s is found in names, services, attributes and events', (text, ids) => {
  expect([...(findSpans(spans, text) ?? [])]).toEqual(ids);
});

test('an empty search is no search', () => {
  expect(findSpans(spans, '  ')).toBeUndefined();
});
