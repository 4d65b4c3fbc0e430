import { test } from 'playwright/test';
import { bundleWorld } from './support/bundle.js';
import { compareGroup } from './support/compare.js';
import { OTHER_AGENTS, readUploads } from './support/other-agents.js';

// Pages that another company's agent watches: alone, and with ours.
for (const agent of OTHER_AGENTS) {
  test.describe(`${agent.name}`, () => {
    // One build for all: it takes seconds.
    test.describe.configure({ mode: 'default' });

    let other: string;
    test.beforeAll(async () => {
      other = await bundleWorld(agent.name);
    });

    for (const when of ['before', 'after'] as const) {
      test(`loaded ${when} the agent sees and sends what it does alone`, ({ browser }) =>
        compareGroup(browser, {
          group: 'usual',
          cases: 'worlds/traced.js',
          [when]: other,
          hasOtherTraces: true,
          readUploads: (server) => readUploads(agent, server, when),
        }));
    }
  });
}
