import { expect, test } from 'vitest';
import { assignLanes } from './lanes.js';

test('labels with room share a lane, labels without get one each', () => {
  expect(assignLanes([0, 100, 110, 120, 300], 50, 3)).toEqual([0, 0, 1, 2, 0]);
});

test('with too few lanes a label covers the one that ends first', () => {
  expect(assignLanes([0, 10, 20], 50, 2)).toEqual([0, 1, 0]);
});
