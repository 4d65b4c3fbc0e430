import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { buildSpanTree } from './span-tree.js';
import { traceBounds } from './trace-window.js';
import type { Span } from './types.js';

const boundsOf = (spans: Span[]) => traceBounds(spans, buildSpanTree(spans));

test('a trace that ends with its root is shown whole', () => {
  const { all, initial, outside } = boundsOf([
    spanOf('root', null, 100, 200),
    spanOf('child', 'root', 120, 190),
  ]);

  expect(initial).toEqual(all);
  expect(all.start).toBe(100);
  expect(outside).toBe(0);
});

test('a web vital minutes later does not squeeze the page load into a line', () => {
  const { all, initial, outside } = boundsOf([
    spanOf('root', null, 0, 1000),
    spanOf('web-vitals', 'root', 0, 120_000, { scope: 'rootspan/vitals' }),
  ]);

  expect(all.end).toBeGreaterThan(120_000);
  expect(initial.end).toBeLessThan(1100);
  expect(outside).toBe(1);
});

test('what happens soon after the root is part of the first view', () => {
  const paint = { name: 'browser.web_vital', time: 1800, attributes: {} };
  const { initial } = boundsOf([
    spanOf('root', null, 0, 1000),
    spanOf('web-vitals', 'root', 0, 90_000, { events: [paint] }),
  ]);

  expect(initial.end).toBeGreaterThan(1800);
  expect(initial.end).toBeLessThan(1900);
});

test('a span of a clock that is behind stays in view', () => {
  const { all } = boundsOf([spanOf('root', null, 100, 200), spanOf('skewed', 'root', 60, 150)]);

  expect(all.start).toBe(60);
});
