import { type Browser, expect } from 'playwright/test';
import { engine } from '../../support/engines.js';
import { type FakeCollector, startFakeCollector } from '../../support/fake-collector.js';
import { type PageServer, startPageServer } from '../../support/page-server.js';
import { differences } from './differences.js';
import { knownDifference } from './known-differences.js';
import { type OpenCasePage, openIn, type PagePlan, type PageRun, runPage } from './run-page.js';
import { type SeenRequest, traceHeaders, withoutOurs } from './server-view.js';

const FOLDERS = { '/harm/': new URL('..', import.meta.url).pathname };

/** Starts a page server with the collector on its origin, runs `use`, and stops both. */
export const withServers = async (
  use: (server: PageServer, collector: FakeCollector) => Promise<void>,
): Promise<void> => {
  const collector = await startFakeCollector();
  const server = await startPageServer({ collector, folders: FOLDERS });
  try {
    await use(server, collector);
  } finally {
    await Promise.all([server.stop(), collector.stop()]);
  }
};

/** Runs all cases of a group without and with the agent: the page and the server must see the same. */
export const compareGroup = (browser: Browser | OpenCasePage, plan: PagePlan): Promise<void> =>
  withServers(async (server) => {
    const open = typeof browser === 'function' ? browser : openIn(browser);
    const plain = await runPage(open, server, plan, false);
    const agent = await runPage(open, server, plan, true);
    // Firefox tells of a rejection when it comes to it.
    if (plan.isLate || engine() === 'firefox') poolUncaught(plain, agent);
    const names = Object.keys(plain.results).filter((name) => !plan.except?.includes(name));
    expect(names.length, 'cases').toBeGreaterThan(0);
    const found = names.flatMap((name) =>
      compareCase(name, plain, agent).map((line) => `${plan.group}: ${name}: ${line}`),
    );
    const heard = plan.isUnfit ? agent.noise.filter((line) => !line.includes('[rootspan]')) : agent.noise;
    const noise = differences(plain.noise, heard, 'console and uncaught errors');
    expect(plain.uploads.length > 0, 'another agent has sent something').toBe(Boolean(plan.readUploads));
    const uploads = differences(plain.uploads, agent.uploads, 'another agent');
    expect([...found, ...noise, ...uploads].join('\n')).toBe('');
  });

/** Of the cases together: which of them a rejection falls into is not told where it is reported late. */
const poolUncaught = (...runs: PageRun[]): void => {
  for (const { results } of runs) {
    const [first, ...others] = Object.values(results);
    if (!first) continue;
    first.uncaught = [first, ...others].flatMap(({ uncaught }) => uncaught).sort(byText);
    for (const other of others) other.uncaught = [];
  }
};

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const compareCase = (name: string, plain: PageRun, agent: PageRun): string[] => {
  const before = plain.requests[name] ?? [];
  const after = agent.requests[name] ?? [];
  const expected = knownDifference(name, plain.results[name]);
  return [
    ...differences(expected, agent.results[name]),
    ...differences(
      before,
      after.map((request, index) => withoutOurs(request, before[index])),
      'server',
    ),
    ...after.flatMap((request, index) => checkTraceHeaders(request, before[index])),
  ];
};

const checkTraceHeaders = (request: SeenRequest, plain: SeenRequest | undefined): string[] => {
  if (plain && traceHeaders(plain).length) return []; // compared as it is
  const count = traceHeaders(request).length;
  const most = request.to === 'own' ? 1 : 0;
  return count > most ? [`${count} trace headers to the ${request.to} origin`] : [];
};
