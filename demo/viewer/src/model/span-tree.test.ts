import { expect, test } from 'vitest';
import { largeTrace, spanOf } from './fixture.js';
import { buildSpanTree, visibleNodes } from './span-tree.js';

const idsOf = (nodes: readonly { span: { spanId: string } }[]) => nodes.map(({ span }) => span.spanId);

test('children stand below their parent, by start time', () => {
  const tree = buildSpanTree([
    spanOf('late', 'root', 5, 6),
    spanOf('root', null, 0, 10),
    spanOf('early', 'root', 1, 2),
  ]);

  const rows = visibleNodes(tree, new Set());

  expect(idsOf(rows)).toEqual(['root', 'early', 'late']);
  expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 1]);
});

test('a span whose parent is missing becomes a row of its own after the root, and is marked', () => {
  const tree = buildSpanTree([spanOf('lost', 'gone', 0, 1), spanOf('root', null, 2, 10)]);

  expect(idsOf(tree.roots)).toEqual(['root', 'lost']);
  expect(tree.roots.map(({ orphan }) => orphan)).toEqual([false, true]);
  expect(tree.main?.span.spanId).toBe('root');
  expect(tree.orphans).toBe(1);
});

test('a trace without its root is named after the earliest orphan', () => {
  const tree = buildSpanTree([spanOf('second', 'gone', 5, 6), spanOf('first', 'gone', 1, 9)]);

  expect(tree.main?.span.spanId).toBe('first');
});

test('spans that name each other as parent are all shown once', () => {
  const tree = buildSpanTree([spanOf('a', 'b', 0, 1), spanOf('b', 'a', 0, 1), spanOf('self', 'self', 0, 1)]);

  expect(idsOf(visibleNodes(tree, new Set())).sort()).toEqual(['a', 'b', 'self']);
});

test('a span that starts before its parent is marked, a rounding difference is not', () => {
  const tree = buildSpanTree([
    spanOf('root', null, 10, 20),
    spanOf('skewed', 'root', 4, 8),
    spanOf('rounded', 'root', 9.8, 12),
  ]);

  expect(tree.byId.get('skewed')?.early).toBe(true);
  expect(tree.byId.get('rounded')?.early).toBe(false);
});

test('a page load that continues the server’s trace names it, and is no sign of other clocks', () => {
  const pageView = { attributes: { 'rootspan.page_view.type': 'load' } };
  const tree = buildSpanTree([
    spanOf('server', null, 5, 7),
    spanOf('page', 'server', 0, 90, pageView),
    spanOf('vitals', 'page', 0, 95),
  ]);

  expect(tree.main?.span.spanId).toBe('page');
  expect(tree.byId.get('page')?.early).toBe(false);
});

test('a long frame that began before the route change is no sign of other clocks', () => {
  const tree = buildSpanTree([
    spanOf('route', null, 10, 90, { scope: 'rootspan/navigation' }),
    spanOf('frame', 'route', 2, 30, { scope: 'rootspan/long-frames' }),
  ]);

  expect(tree.byId.get('frame')?.early).toBe(false);
});

test('a collapsed span hides what is below it and knows how much and how bad that is', () => {
  const failed = { status: { code: 2, message: '402' } };
  const tree = buildSpanTree([
    spanOf('root', null, 0, 10),
    spanOf('call', 'root', 1, 9),
    spanOf('query', 'call', 2, 3, failed),
  ]);

  expect(idsOf(visibleNodes(tree, new Set(['call'])))).toEqual(['root', 'call']);
  expect(tree.byId.get('root')).toMatchObject({ descendants: 2, errorsBelow: 1 });
});

test('no span of a large trace is lost, and each stands after its parent', () => {
  const spans = largeTrace(1000);

  const rows = idsOf(visibleNodes(buildSpanTree(spans), new Set()));

  const place = new Map(rows.map((id, index) => [id, index]));
  expect(place.size).toBe(1000);
  for (const { spanId, parentSpanId } of spans) {
    if (parentSpanId) expect(place.get(parentSpanId)).toBeLessThan(place.get(spanId) ?? -1);
  }
});

test('a trace 20,000 spans deep is built without overflowing the stack', () => {
  const spans = Array.from({ length: 20_000 }, (_, index) =>
    spanOf(`${index}`, index ? `${index - 1}` : null, index, 20_000),
  );

  const tree = buildSpanTree(spans);

  expect(visibleNodes(tree, new Set()).at(-1)?.depth).toBe(19_999);
});
