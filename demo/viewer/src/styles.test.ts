import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLOUR_COUNT } from './model/colour.js';

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const tokensOf = (selector: string): Map<string, string> => {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no ${selector}`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
};
const light = tokensOf(':root');
const dark = tokensOf(':root[data-theme="dark"]');

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminance = (hex = ''): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a = '', b = ''): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const TEXTS = ['text', 'text-soft', 'text-faint', 'accent', 'error', 'good', 'fair'];
const GROUNDS = ['bg', 'surface', 'raised'];
const PAIRS: [string, string][] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ['good', 'good-soft'],
  ['fair', 'fair-soft'],
  ['error', 'error-soft'],
  ['text-faint', 'error-soft'],
  ['surface', 'accent'],
];

test.each([
  ['light', light],
  ['dark', dark],
] as const)('text of the %s theme can be read on all its grounds (WCAG AA)', (_, tokens) => {
  for (const [text, ground] of PAIRS) {
    expect(contrast(tokens.get(text), tokens.get(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(
      4.5,
    );
  }
});

test.each([
  ['light', light],
  ['dark', dark],
] as const)('each service colour of the %s theme stands out from the surface', (_, tokens) => {
  for (let index = 0; index < COLOUR_COUNT; index++) {
    expect(
      contrast(tokens.get(`service-${index}`), tokens.get('surface')),
      `service-${index}`,
    ).toBeGreaterThanOrEqual(3);
  }
});

test('the dark theme is the same whether the system or the reader chose it', () => {
  expect(tokensOf(':root:not([data-theme="light"])')).toEqual(dark);
});
