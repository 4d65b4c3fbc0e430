import { test } from 'playwright/test';
import { compareGroup } from './support/compare.js';
import { WORLDS } from './support/worlds.js';

// Pages that someone has bent before the agent came, or after: what works there without the agent works with it.
for (const [name, world] of Object.entries(WORLDS)) {
  test(`where ${name}, the agent changes nothing`, ({ browser }) =>
    compareGroup(browser, { ...world, group: 'usual', cases: 'worlds/usual.js' }));

  if (!/fetch .*(wrapped|bound|gives)|zone/.test(name)) continue;
  test(`where ${name}, the agent changes nothing of what passes there`, ({ browser }) =>
    compareGroup(browser, { ...world, group: 'wrapped', cases: 'worlds/wrapped.js' }));
}
