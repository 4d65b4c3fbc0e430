import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { measure } from './measure.mjs';

const read = (path: string): string => {
  const url = new URL(path, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : '';
};

const budgets: Record<string, number> = JSON.parse(read('budgets.json'));

/**
 * Rows such as "| `rootspan/core` start | 4,512 B |" of the README, by name without backticks. The figures may be off by
 * 1 % or 20 bytes, so that not every change of a few bytes needs another edit of the README.
 */
const readmeSizes = [...read('../../README.md').matchAll(/^\|\s*(.+?)\s*\|\s*([\d,]+) B\s*\|/gm)].map(
  ([, name = '', size = '']) => ({
    name: name.replaceAll('`', ''),
    claimed: Number(size.replaceAll(',', '')),
  }),
);

let sizes: Record<string, number> = {};

beforeAll(async () => {
  const measured = await measure();
  const extras = Object.entries(measured.extras).map(([name, size]) => [`+ ${name}`, size]);
  sizes = { ...measured.sizes, ...Object.fromEntries(extras) };
});

describe('budgets', () => {
  test.for(Object.entries(budgets))('%s takes at most %i bytes', ([name, budget]) => {
    expect(sizes[name]).toBeGreaterThan(10);
    expect(sizes[name]).toBeLessThanOrEqual(budget);
  });

  test('core start is the smallest: what is not imported is not in the bundle', () => {
    const imports = Object.entries(sizes).filter(([name]) => name.startsWith('rootspan'));
    expect(Math.min(...imports.map(([, size]) => size))).toBe(sizes['rootspan/core start']);
  });
});

describe('the README', () => {
  test('tells the size of everything that has a budget', () => {
    expect(readmeSizes.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(budgets)));
  });

  test.for(readmeSizes)('tells the size of $name to 1 %, or 20 bytes', ({ name, claimed }) => {
    const size = sizes[name] ?? Number.NaN; // a name that is not measured fails below
    expect(Math.abs(claimed - size)).toBeLessThanOrEqual(Math.max(size / 100, 20));
  });
});
