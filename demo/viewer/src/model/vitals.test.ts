import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { presentVitals, rate, toVitalName, vitalMarks } from './vitals.js';

const event = (name: string, value: number, time: number) => ({
  name: 'browser.web_vital',
  time,
  attributes: { 'browser.web_vital.name': name, 'browser.web_vital.value': value },
});

test.each([
  ['lcp', 2500, 'good'],
  ['lcp', 2501, 'needs-improvement'],
  ['lcp', 4001, 'poor'],
  ['cls', 0.1, 'good'],
  ['cls', 0.26, 'poor'],
  ['inp', 201, 'needs-improvement'],
] as const)('%s of %d is %s', (name, value, rating) => {
  expect(rate(name, value)).toBe(rating);
});

test('each vital is marked once, at the time of its last event, whatever the case of its name', () => {
  const span = spanOf('web-vitals', 'root', 0, 9, {
    events: [event('LCP', 900, 5), event('cls', 0.02, 3), event('LCP', 1200, 8), event('other', 1, 1)],
  });

  const marks = vitalMarks([span]);

  expect(marks.map(({ name, value, time }) => [name, value, time])).toEqual([
    ['cls', 0.02, 3],
    ['lcp', 1200, 8],
  ]);
});

test('a vital of zero was measured, one that is null was not', () => {
  expect(presentVitals({ cls: 0, inp: null })).toEqual([{ name: 'cls', value: 0 }]);
});

test('what cannot be a name of a vital is none', () => {
  expect([undefined, 7, { toString: 1 }].map(toVitalName)).toEqual([undefined, undefined, undefined]);
});
