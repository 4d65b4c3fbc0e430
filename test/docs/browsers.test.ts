import { expect, test } from 'vitest';
import { APIS, type Engine, LACKS } from '../support/engine-apis.js';
import { codeOf, readDocument, rowsOf } from './support/documents.js';

const rows = rowsOf(readDocument('docs/browsers.md'), 'API');

test('docs/browsers.md has what each engine lacks, as the browsers say it in test/e2e/engines.spec.ts', () => {
  const told = (engine: Engine) =>
    rows
      .filter(([, where = '']) => where === 'all' || where.toLowerCase().includes(engine))
      .map(([api]) => codeOf(api));
  for (const engine of ['chromium', 'firefox', 'webkit'] as const) {
    expect(told(engine).sort(), engine).toEqual([...LACKS[engine]].sort());
  }
});

test('docs/browsers.md names no other API, and says of each what the trace lacks', () => {
  const lacking = Object.values(LACKS).flat();
  expect(rows.filter(([api, , lack]) => !(codeOf(api) in APIS) || !lack)).toEqual([]);
  expect(new Set(rows.map(([api]) => codeOf(api)))).toEqual(new Set(lacking));
});
