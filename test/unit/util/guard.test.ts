import { expect, test, vi } from 'vitest';
import { createGuard } from '../../../src/util/guard.js';

const fail = () => {
  throw new Error('a fault of ours');
};

const watchConsole = () => {
  const spy = vi.spyOn(console, 'warn').mockImplementation(() => {});
  return () => {
    const { calls } = spy.mock;
    spy.mockRestore();
    return calls;
  };
};

test('what guarded code throws is silent', () => {
  const readConsole = watchConsole();

  const result = createGuard()(fail)();

  expect(result).toBeUndefined();
  expect(readConsole()).toEqual([]);
});

test('with debug, what guarded code throws is shown on the console', () => {
  const readConsole = watchConsole();

  createGuard(true)(fail)();

  expect(readConsole()).toEqual([['[rootspan]', new Error('a fault of ours')]]);
});

test('guarded code gets its arguments and gives its result', () => {
  const add = createGuard()((one: number, other: number) => one + other);

  expect(add(1, 2)).toBe(3);
});
