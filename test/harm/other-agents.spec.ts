import { expect, test } from 'playwright/test';
import type { CollectedSpan } from '../support/otlp-reader.js';
import { bundleWorld } from './support/bundle.js';
import { compareGroup, withServers } from './support/compare.js';
import { OTHER_AGENTS, readUploads } from './support/other-agents.js';
import { pageMarkup, serveScripts } from './support/run-page.js';

const flushOther = () => {
  const { flushOther } = window as unknown as { flushOther(sleep: unknown): Promise<void> };
  return flushOther((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)));
};

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

      test(`loaded ${when} the agent uploads as ${agent.isTraced ? 'a page asks, unless ignored' : 'nobody sees'}`, ({
        browser,
      }) =>
        withServers(async (server, collector) => {
          serveScripts(server, { [when]: other });
          const upload = ({ attributes }: CollectedSpan) =>
            `${attributes['url.full']}`.includes('/api/other');
          const visit = async (attributes: string, last: (span: CollectedSpan) => boolean) => {
            server.clear();
            collector.clear();
            const markup = pageMarkup({
              group: 'usual',
              attributes: `data-flush-interval="50" ${attributes}`,
            });
            server.page('/harm.html', markup);
            const page = await browser.newPage();
            await page.goto(`${server.origin}/harm.html`);
            await page.evaluate(flushOther);
            await readUploads(agent, server, when);
            await page.evaluate(() => fetch('/api/end').then((answer) => answer.text()));
            await collector.waitForSpan(last);
            await page.close();
            return collector.spans().filter(upload).length;
          };

          const end = ({ name }: CollectedSpan) => name === 'GET /api/end';
          expect(await visit('data-ignore-urls="/api/other"', end)).toBe(0);
          expect((await visit('', agent.isTraced ? upload : end)) > 0).toBe(agent.isTraced);
        }));
    }
  });
}
