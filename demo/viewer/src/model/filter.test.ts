import { expect, test } from 'vitest';
import { countFilters, filterQuery, parseDuration, readFilter, writeFilter } from './filter.js';

test.each([
  ['250', 250],
  ['250ms', 250],
  ['1.5s', 1500],
  ['1,5 s', 1500],
  ['2m', 120_000],
  ['300us', 0.3],
])('%s is a duration', (text, ms) => {
  expect(parseDuration(text)).toBeCloseTo(ms);
});

test.each(['', 'fast', '-3s', '1 day'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('a filter survives its way through the URL', () => {
  const search = writeFilter(new URLSearchParams(), { service: 'orders', error: true, minDuration: '1.5s' });

  expect(search.toString()).toBe('service=orders&error=1&minDuration=1.5s');
  expect(readFilter(search)).toMatchObject({
    service: 'orders',
    error: true,
    minDuration: '1.5s',
    route: '',
  });
});

test('an emptied field leaves the URL, and what is no filter stays', () => {
  const search = writeFilter(new URLSearchParams('service=orders&view=wide'), { service: '' });

  expect(search.toString()).toBe('view=wide');
});

test('the API gets milliseconds and the start of the range', () => {
  const query = filterQuery(readFilter(new URLSearchParams('minDuration=1.5s&range=15m')), 1_000_000_000);

  expect(query.get('minDuration')).toBe('1500');
  expect(query.get('since')).toBe(String(1_000_000_000 - 15 * 60_000));
});

test('a duration that cannot be read is not sent', () => {
  expect(filterQuery(readFilter(new URLSearchParams('minDuration=fast')), 0).has('minDuration')).toBe(false);
});

test('a drawn range wins over a relative one', () => {
  const query = filterQuery(readFilter(new URLSearchParams('range=15m&since=5&until=9')), 1_000_000_000);

  expect([query.get('since'), query.get('until')]).toEqual(['5', '9']);
});

test('search and time are no filters of the folded panel', () => {
  expect(countFilters(readFilter(new URLSearchParams('q=x&range=1h&route=/cart&service=orders')))).toBe(2);
});
