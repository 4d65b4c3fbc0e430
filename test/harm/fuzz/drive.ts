import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright/test';
import { startFakeCollector } from '../../support/fake-collector.js';
import { type PageServer, startPageServer } from '../../support/page-server.js';
import { listenToNoise, pageMarkup, serveScripts } from '../support/run-page.js';
import { type SeenRequest, seenRequests, withoutBoundary } from '../support/server-view.js';
import { pathOf, type Sequence } from './generate.js';
import type { Value } from './values.js';

/** What a sequence has shown: to the page in its calls and in its uncaught errors, and to the server. */
export interface Shown {
  logs: unknown[][];
  uncaught: unknown[];
  requests: SeenRequest[];
}

export interface Driver {
  /** Runs the sequences in a document of their own, one after the other. */
  run(sequences: readonly Sequence[]): Promise<{ shown: Shown[]; noise: string[] }>;
  stop(): Promise<void>;
}

const HARM = new URL('..', import.meta.url).pathname;
const AGENT = readFileSync(new URL('../../../dist/rootspan.js', import.meta.url), 'utf8');
// Every call has a span and its headers: no limit may make the later ones easier than the first.
const ATTRIBUTES = 'data-service-name="harm" data-max-spans-per-minute="1000000"';
const RUN = `import { runAll } from '/harm/fuzz/page/run.js'; window[Symbol.for('fuzz')] = runAll;`;

/** A page with servers of its own, with or without the agent; `fault` is a script that runs behind the agent's. */
export const startDriver = async (browser: Browser, hasAgent: boolean, fault = ''): Promise<Driver> => {
  const collector = await startFakeCollector();
  const server = await startPageServer({ collector, folders: { '/harm/': HARM } });
  serveScripts(server, { agent: `${AGENT};${fault}` }, hasAgent);
  server.page('/plan/run.js', RUN, { 'Content-Type': 'text/javascript' });
  server.page('/harm.html', pageMarkup({ group: 'fuzz', attributes: ATTRIBUTES }));
  return {
    run: async (sequences) => {
      server.clear();
      const context = await browser.newContext();
      const page = await context.newPage();
      const noise = listenToNoise(page);
      await page.goto(`${server.origin}/harm.html`);
      const results = JSON.parse(await runInPage(page, sequences, server.otherOrigin));
      await arrived(server, results);
      await context.close();
      const shown = sequences.map(({ seed }, index) => ({
        ...results[index],
        // When the server learns that a client has hung up is chance.
        requests: seenRequests(server, pathOf(seed)).map((request) => ({ ...request, isClosed: true })),
      }));
      collector.clear();
      const found: { shown: Shown[]; noise: string[] } = JSON.parse(
        alike(server, JSON.stringify({ shown, noise })),
      );
      return { ...found, noise: found.noise.sort() };
    },
    stop: async () => {
      await Promise.all([server.stop(), collector.stop()]);
    },
  };
};

const runInPage = (page: Page, sequences: readonly Sequence[], otherOrigin: string): Promise<string> =>
  page.evaluate(
    ([all = '', other]) => {
      const run = (window as unknown as Record<symbol, (...args: unknown[]) => Promise<string>>)[
        Symbol.for('fuzz')
      ];
      return run?.(JSON.parse(all), other) ?? '';
    },
    [JSON.stringify(sequences), otherOrigin],
  );

/** Nobody tells the page when a beacon has arrived. */
const arrived = async (server: PageServer, results: { beacons: Value[] }[]): Promise<void> => {
  for (const url of results.flatMap(({ beacons }) => beacons)) {
    const path = typeof url === 'string' && /\/api\/fuzz\/\d+\/[^?]+/.exec(url)?.[0];
    if (path) await server.waitForRequest(`${new URL(path, server.origin).pathname}?`);
  }
};

/** The ports of the two runs differ. */
const alike = ({ origin, otherOrigin }: PageServer, text: string): string =>
  [origin, otherOrigin].reduce(
    (left, from, index) => left.replaceAll(from.slice(7), ['own.test', 'other.test'][index] ?? ''),
    withoutBoundary(text),
  );
