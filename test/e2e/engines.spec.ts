import { LACKS, whichAreMissing } from '../support/engine-apis.js';
import { engine } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';

test('the browser lacks what docs/browsers.md says, and has the rest', async ({ page, site }) => {
  site.page('/', '<!doctype html>');
  await page.goto(site.origin);

  expect(await page.evaluate<string[]>(whichAreMissing())).toEqual(LACKS[engine()]);
});
