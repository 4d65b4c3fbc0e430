import { expect, test } from 'vitest';
import { assignColours, COLOUR_COUNT } from './colour.js';

test('services of one system have different colours', () => {
  const colours = assignColours([
    'shop-web',
    'shop-api',
    'orders',
    'payments',
    'inventory',
    'mail',
    'search',
  ]);

  expect(new Set(colours.values()).size).toBe(7);
});

test('the order in which services become known does not matter', () => {
  const names = ['shop-web', 'shop-api', 'orders', 'payments'];

  expect(assignColours([...names].reverse())).toEqual(assignColours(names));
});

test('with more services than colours every service still has one', () => {
  const colours = assignColours(Array.from({ length: 25 }, (_, index) => `service-${index}`));

  expect(colours.size).toBe(25);
  for (const colour of colours.values()) expect(colour).toBeLessThan(COLOUR_COUNT);
  expect(new Set(colours.values()).size).toBe(COLOUR_COUNT);
});
