import { expect, test } from 'vitest';
import { stopAll } from '../../../src/util/stop.js';

test('what began last is stopped first, and once', () => {
  const stopped: number[] = [];
  const stop = stopAll([1, 2, 3].map((each) => () => void stopped.push(each)));

  stop();
  stop();

  expect(stopped).toEqual([3, 2, 1]);
});
