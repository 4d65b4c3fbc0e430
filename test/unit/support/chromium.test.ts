import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { CHROMIUM_ARGS } from '../../support/chromium.mjs';

test('what Playwright switches off in Chromium stays off', () => {
  const core = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const code = readFileSync(join(core, 'lib/coreBundle.js'), 'utf8');
  const [, list = ''] = /disabledFeatures = \[([^\]]*)\]/.exec(code) ?? [];
  const theirs = [...list.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(theirs.length).toBeGreaterThan(5);

  const ours = CHROMIUM_ARGS.find((arg) => arg.startsWith('--disable-features='))?.split(/[=,]/);
  expect(ours).toEqual(expect.arrayContaining(theirs));
});
