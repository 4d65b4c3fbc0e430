import { test } from 'playwright/test';
import { bundleWorld } from './support/bundle.js';
import { compareGroup } from './support/compare.js';

// Pages that are traced already: the other agent alone, and both. It wraps what the agent wraps.
for (const [name, hasZone] of [
  ['the OpenTelemetry SDK', false],
  ['the OpenTelemetry SDK with zone.js', true],
] as const) {
  test.describe(`${name}`, () => {
    // One build for both: it takes seconds.
    test.describe.configure({ mode: 'default' });

    let other: string;
    test.beforeAll(async () => {
      other = await bundleWorld('opentelemetry', { ZONE: `${hasZone}` });
    });

    for (const when of ['before', 'after'] as const) {
      test(`loaded ${when} the agent sees and sends what it does alone`, ({ browser }) =>
        compareGroup(browser, {
          group: 'usual',
          cases: 'worlds/traced.js',
          [when]: other,
          hasOtherTraces: true,
          ...(hasZone && { isLate: true }),
        }));
    }
  });
}
