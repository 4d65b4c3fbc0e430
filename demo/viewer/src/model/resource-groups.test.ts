import { expect, test } from 'vitest';
import { spanOf } from './fixture.js';
import { crowdedGroups, groupResources } from './resource-groups.js';
import { buildSpanTree, visibleNodes } from './span-tree.js';

const resources = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    spanOf(`img-${index}`, 'page', 10 + index, 40 + index, { scope: 'rootspan/resource' }),
  );
const treeOf = (count: number) =>
  groupResources(
    buildSpanTree([
      spanOf('page', null, 0, 100),
      spanOf('before', 'page', 5, 6),
      spanOf('after', 'page', 15, 60),
      spanOf('early', 'page', 12, 14, { scope: 'rootspan/resource', kind: 3 }),
      ...resources(count),
    ]),
  );
const GROUP = 'resources-of-page';

test('the resources of a page view have a row of their own, as long as they are together', () => {
  const tree = treeOf(4);

  const rows = visibleNodes(tree, new Set([GROUP])).map(({ span }) => span.name);
  expect(rows).toEqual(['page', 'before', '4 resources', 'early', 'after']);
  expect(tree.byId.get(GROUP)).toMatchObject({
    descendants: 4,
    depth: 1,
    span: { startTime: 10, endTime: 43 },
  });
  expect(tree.byId.get('img-0')).toMatchObject({ depth: 2, parent: { span: { spanId: GROUP } } });
});

test('a few resources stay where they are', () => {
  expect(treeOf(3).byId.has(GROUP)).toBe(false);
});

test('more than twenty are folded at first, unless one of them is wanted', () => {
  expect([...crowdedGroups(treeOf(20), null)]).toEqual([]);
  expect([...crowdedGroups(treeOf(21), null)]).toEqual([GROUP]);
  expect([...crowdedGroups(treeOf(21), 'img-3')]).toEqual([]);
});

test('no span is lost in a group', () => {
  expect(visibleNodes(treeOf(30), new Set())).toHaveLength(4 + 30 + 1);
});
