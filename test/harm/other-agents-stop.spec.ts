import { type Browser, expect, type Page, test } from 'playwright/test';
import type { PageRequest, PageServer } from '../support/page-server.js';
import { bundleWorld } from './support/bundle.js';
import { withServers } from './support/compare.js';
import { OTHER_AGENTS, type OtherAgent, type When } from './support/other-agents.js';
import { listenToNoise, pageMarkup, serveScripts } from './support/run-page.js';

const CALL = (name: string) => {
  const page = window as unknown as Record<string, ((name?: string) => unknown) | undefined>;
  return name === 'stopOther' ? page.stopOther?.() : page.rootspan?.(name);
};

/** What a page asks for in each stage: requests of all kinds, some with a trace of the page's own, and a route. */
const ASK = async (stage: number): Promise<unknown[]> => {
  const url = (name: string) => `/api/stage-${stage}/${name}`;
  const theirs = '00-11111111111111111111111111111111-2222222222222222-01';
  const body = async (sent: Promise<Response>) => (await (await sent).json()).body;
  const exchange = (name: string, headers: Record<string, string>) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.onloadend = () => resolve([xhr.status, JSON.parse(xhr.responseText).body]);
      xhr.open('POST', url(name));
      for (const [field, value] of Object.entries(headers)) xhr.setRequestHeader(field, value);
      xhr.send(name);
    });
  const headers = { 'X-Page': '1' };
  const options = { method: 'POST', body: 'b' };
  history.pushState({ stage }, '', `/route-${stage}`);
  return [
    await body(fetch(url('path'))),
    await body(fetch(url('record'), { ...options, headers })),
    await body(fetch(url('list'), { ...options, headers: Object.entries(headers) })),
    await body(fetch(url('headers'), { ...options, headers: new Headers(headers) })),
    await body(fetch(new Request(url('request'), { ...options, headers }))),
    await body(fetch(url('own-trace'), { headers: { traceparent: theirs } })),
    // Of a place where our header is known to do no harm.
    await fetch(url('record?close=1'), options).catch((error) => `${error}`),
    await exchange('xhr', headers),
    await exchange('xhr-own-trace', { traceparent: theirs }),
    [history.state, location.pathname],
  ];
};

interface Stage {
  answers: unknown[];
  /** Trace headers of each request, by the form of their values. */
  headers: Record<string, string[]>;
}

/** `name: form`: the ids that an agent draws are left out, those of the page stay. */
const traceFields = ({ rawHeaders }: PageRequest): string[] =>
  rawHeaders
    .flatMap((name, index) => (index % 2 ? [] : [`${name.toLowerCase()}: ${rawHeaders[index + 1]}`]))
    .filter((field) => /^(traceparent|tracestate|sentry-trace|baggage|x-datadog-|x-page)/.test(field))
    .map((field) =>
      field
        .replace(/(sample_rand=)[\d.]+/, '$1…')
        .replace(/\b(?!1{32}|2{16})[\da-f]{16,32}\b/g, '…')
        .replace(/(x-datadog-(?:trace|parent)-id: )\d+$/, '$1…')
        .replace(/(session\.id=)[\da-f-]+/, '$1…'),
    )
    .sort();

interface Plan {
  before: string;
  after: string;
  stops: readonly string[];
}

/** Loads the page, and asks before and after each stop. */
const runStages = async (browser: Browser, server: PageServer, plan: Plan, hasAgent: boolean) => {
  server.clear();
  serveScripts(server, plan, hasAgent);
  server.page('/harm.html', pageMarkup({ group: 'stop' }));
  const context = await browser.newContext();
  const page = await context.newPage();
  const noise = listenToNoise(page);
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await page.goto(`${server.origin}/harm.html`);
  const stages = [await runStage(page, server, 0)];
  for (const [index, name] of plan.stops.entries()) {
    await page.evaluate(CALL, name);
    stages.push(await runStage(page, server, index + 1));
  }
  await context.close();
  return { stages, noise: noise.sort(), hosts: [...hosts] };
};

const runStage = async (page: Page, server: PageServer, stage: number): Promise<Stage> => {
  const answers = await page.evaluate(ASK, stage);
  const seen = server.requests(`/api/stage-${stage}/`);
  return { answers, headers: Object.fromEntries(seen.map((one) => [one.url, traceFields(one)])) };
};

const OURS = 'traceparent: 00-…-…-01';

/**
 * With ours, each request without a `traceparent` has one; all else is as it is without. What came before us and adds
 * its own to a `fetch` without a look makes two of them.
 */
const withOurs = ({ answers, headers }: Stage, isBlind: boolean): Stage => ({
  answers,
  headers: Object.fromEntries(
    Object.entries(headers).map(([url, fields]) => {
      const isDoubled = isBlind && !url.includes('xhr');
      if (!fields.some((field) => field.startsWith('traceparent'))) return [url, [...fields, OURS].sort()];
      return [url, fields.map((field) => (isDoubled && field === OURS ? `${OURS}, 00-…-…-01` : field))];
    }),
  ),
});

const ORDERS = [
  ['stopOther', 'stop'],
  ['stop', 'stopOther'],
] as const;

const OPEN_TELEMETRY: Pick<OtherAgent, 'traces'> & { name: string } = {
  name: 'opentelemetry',
  traces: { w3c: 'traceparent' },
};

for (const { name, traces } of [...OTHER_AGENTS, OPEN_TELEMETRY]) {
  test.describe(name, () => {
    // One build for all: it takes seconds.
    test.describe.configure({ mode: 'default' });

    let other: string;
    test.beforeAll(async () => {
      other = await bundleWorld(name, { ZONE: 'false' });
    });

    const check = (browser: Browser, when: When, format: string, stops: readonly string[]) =>
      withServers(async (server) => {
        const setting = `window.otherTraces = ['${format}'];`;
        const plan = {
          before: when === 'before' ? setting + other : setting,
          after: when === 'after' ? other : '',
          stops,
        };
        const alone = await runStages(browser, server, plan, false);
        const both = await runStages(browser, server, plan, true);

        const isBlind = when === 'before' && format === 'tracecontext';
        const stopped = stops.indexOf('stop') + 1;
        expect(both).toEqual({
          ...alone,
          stages: alone.stages.map((stage, index) => (index < stopped ? withOurs(stage, isBlind) : stage)),
        });
        expect(alone.hosts).toEqual([new URL(server.origin).host]);
        const [first] = alone.stages;
        expect(first?.headers['/api/stage-0/path']?.join(), 'their header').toContain(traces[format]);
      });

    // The order of the stops is no matter of the format.
    for (const when of ['before', 'after'] as const)
      for (const [index, format] of Object.keys(traces).entries())
        for (const stops of index ? ORDERS.slice(1) : ORDERS)
          test(`loaded ${when}, with its ${format} headers, ${stops[0]} and then ${stops[1]}`, ({
            browser,
          }) => check(browser, when, format, stops));
  });
}
