import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright/test';
import { engine } from '../../support/engines.js';
import { waitFor } from '../../support/http-server.js';
import type { PageServer } from '../../support/page-server.js';
import { withoutFirefoxChance } from './known-differences.js';
import { type SeenRequest, seenRequests, withoutBoundary, withoutTraceIds } from './server-view.js';

/** What a case has seen: its result, its notes, and what nobody has caught. */
export interface Observation {
  value: unknown;
  log: unknown[];
  uncaught: unknown[];
}

/** A page in a profile of its own, with what its console and its uncaught errors say where the driver tells. */
export interface CasePage {
  noise: string[];
  /** Its driver needs what the cases break: it is left alone until the page has told the server that they are through. */
  isDrivenFromInside?: boolean;
  goto(url: string): Promise<unknown>;
  evaluate(read: () => string): Promise<string>;
  close(): Promise<void>;
}

/** Opens one in whatever browser. */
export type OpenCasePage = () => Promise<CasePage>;

/** A page with cases. Scripts and markup are texts, so that they stand in the page as any other. */
export interface PagePlan {
  group: string;
  /** Cases that are not compared. */
  except?: readonly string[];
  /** Stands for the agent. Default: `dist/rootspan.js`. */
  agent?: string;
  /** Attributes of the agent's script tag. Default: the name of the service. */
  attributes?: string;
  /** Classic script before the agent. */
  before?: string;
  /** Classic script after the agent. */
  after?: string;
  /** Markup before the scripts. */
  head?: string;
  responseHeaders?: Record<string, string>;
  /** The page lacks what the agent needs: one line on the console may say that it does not run. */
  isUnfit?: true;
  /** Rejections are reported late there, in another case than their own. */
  isLate?: true;
  /** Another agent sends trace headers: their ids are drawn, so that their form is compared alone. */
  hasOtherTraces?: true;
  /** What another agent has sent, once it is there. */
  readUploads?: (server: PageServer) => Promise<string[]>;
  /** Module with the cases. Default: `cases/` and the group's name. */
  cases?: string;
}

export interface PageRun {
  results: Record<string, Observation>;
  /** Console lines and uncaught errors, as the browser's tools show them; sorted. */
  noise: string[];
  /** What another agent has sent. */
  uploads: string[];
  /** What the server has seen, by case. */
  requests: Record<string, SeenRequest[]>;
}

const AGENT_ATTRIBUTES = 'data-service-name="harm"';

/** All scripts are files, so that the strictest policy allows them. Without the agent its file is empty. */
export const pageMarkup = ({ attributes = AGENT_ATTRIBUTES, head = '' }: PagePlan): string => `<!doctype html>
<html><head><meta charset="utf-8"><title>harm</title><link rel="icon" href="data:,">${head}
<script src="/plan/before.js"></script>
<script src="/plan/agent.js" ${attributes}></script>
<script src="/plan/after.js"></script>
</head><body><p>page</p><script type="module" src="/plan/run.js"></script></body></html>`;

const AGENT = readFileSync(new URL('../../../dist/rootspan.js', import.meta.url), 'utf8');

const FINISHED = '/api/finished';

const RUN = ({ group, cases = `cases/${group}.js` }: PagePlan, otherOrigin: string, tells?: boolean) => `
import { runCases } from '/harm/page/kit.js';
import { cases } from '/harm/${cases}';
const results = runCases('${group}', cases, '${otherOrigin}').then((found) => {
  // A world that would break the way out of the page undoes it here.
  window[Symbol.for('harm.clean')]?.();
  ${tells ? `new Image().src = '${FINISHED}';` : ''}
  return JSON.stringify(found);
});
window[Symbol.for('harm')] = results;
`;

const serveScript = (server: PageServer, name: string, text = ''): void =>
  server.page(`/plan/${name}.js`, text, { 'Content-Type': 'text/javascript' });

/** The scripts that every page loads. */
export const serveScripts = (
  server: PageServer,
  { agent = AGENT, before, after }: Partial<PagePlan>,
  hasAgent = true,
): void => {
  serveScript(server, 'before', before);
  serveScript(server, 'agent', hasAgent ? agent : '');
  serveScript(server, 'after', after);
  serveScript(server, 'run');
};

/** Opens pages by Playwright. */
export const openIn =
  (browser: Browser): OpenCasePage =>
  async () => {
    const context = await browser.newContext();
    return drive(await context.newPage(), () => context.close());
  };

/** A page of Playwright's as one with cases. */
export const drive = (page: Page, close: () => Promise<void>): CasePage => ({
  noise: listenToNoise(page),
  goto: (url) => page.goto(url),
  evaluate: (read) => page.evaluate(read),
  close,
});

/** Loads the page in a profile of its own, with or without the agent, and runs its cases. */
export const runPage = async (
  open: OpenCasePage,
  server: PageServer,
  plan: PagePlan,
  hasAgent: boolean,
): Promise<PageRun> => {
  server.clear();
  serveScripts(server, plan, hasAgent);
  const page = await open();
  serveScript(server, 'run', RUN(plan, server.otherOrigin, page.isDrivenFromInside));
  server.page('/harm.html', pageMarkup(plan), plan.responseHeaders);
  await page.goto(`${server.origin}/harm.html`);
  if (page.isDrivenFromInside) await server.waitForRequest(FINISHED, 140_000);
  const text = await page.evaluate(readResults);
  const uploads = (await plan.readUploads?.(server)) ?? [];
  const all: PageRun['results'] = JSON.parse(withoutBoundary(text));
  // It gives what it is given, changed.
  const results = (engine() === 'firefox' ? withoutFirefoxChance(all) : all) as PageRun['results'];
  await untilClosed(server, plan);
  // Before the page closes what it has left open.
  const requests = requestsOf(server, plan, Object.keys(results));
  await page.close();
  return { results, noise: page.noise.sort(), uploads, requests };
};

/** The server hears a moment later of what the page has given up. Some pages leave a request open. */
const untilClosed = (server: PageServer, { group }: PagePlan): Promise<unknown> =>
  waitFor(
    () => server.requests(`/api/${group}/`).every(({ isRead, closedAt }) => isRead && closedAt) || undefined,
    5000,
    () => '',
  ).catch(() => {});

const requestsOf = (server: PageServer, plan: PagePlan, names: string[]): PageRun['requests'] => {
  const requests = names.map((name, index) => {
    const found = seenRequests(server, `/api/${plan.group}/${index}`);
    // Whether a connection that is closed at once was open before is chance there.
    if (engine() === 'firefox' && plan.group === 'connection-shape') return [name, []];
    return [name, plan.hasOtherTraces ? found.map(withoutTraceIds) : found];
  });
  return Object.fromEntries(requests);
};

// The page may have lost Reflect and more.
const readResults = () => (window as unknown as Record<symbol, string>)[Symbol.for('harm')] ?? '{}';

/** Console lines and uncaught errors. A line's place is left out where it is a script: the nearest one is the agent's. */
export const listenToNoise = (page: Page): string[] => {
  const noise: string[] = [];
  page.on('console', (message) => {
    const { url } = message.location();
    noise.push(`${message.type()}: ${withoutDigest(message.text())} ${/\.js$/.test(url) ? '' : url}`);
  });
  page.on('pageerror', ({ message }) => {
    // Firefox's own line; which of the connections that are cut at once it tells of is chance.
    if (!message.startsWith('Firefox can’t establish')) noise.push(`page error: ${withoutDigest(message)}`);
  });
  return noise;
};

/** Of a body that repeats the request: in the words of Chromium and of Firefox. */
const withoutDigest = (text: string): string =>
  text.replace(/integrity '[^']*'|computed hash is “[^”]*”/, 'integrity');
