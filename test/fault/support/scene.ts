import type { BrowserContext, Page, Request } from 'playwright/test';
import type { Stats } from '../../../src/types.js';
import { passTime } from '../../e2e/support/clock.js';
import type { DocumentOptions } from '../../e2e/support/document.js';
import { expect, type Site, test } from '../../e2e/support/fixtures.js';
import type { FakeCollector } from '../../support/fake-collector.js';
import { gather, type Living, type Outcome, problemsOf } from './books.js';
import { imbalanceOf, type Ledger, writeLedger } from './ledger.js';

/** A page with the agent, its collector, and the books on both. */
export interface Scene {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly site: Site;
  readonly collector: FakeCollector;
  /** Serves a page with the agent at `/`, and opens it; the clock of the page stands still unless it `runs`. */
  open(options?: DocumentOptions, clock?: 'stands' | 'runs'): Promise<void>;
  /** The page does its work: spans of these names, and requests of its own, which are answered as without the agent. */
  work(names: string[], page?: Page): Promise<void>;
  /** A span alone, where a page cannot do more. */
  span(name: string, page?: Page): Promise<void>;
  /** Lets the page's clock run, and gives the network its real time in between. */
  pass(ms: number, step?: number): Promise<void>;
  /** The counts now, which always balance. */
  stats(page?: Page): Promise<Stats>;
  /** The counts of a tab that will not be able to tell them, which are remembered. */
  look(page?: Page): Promise<Stats>;
  /** Time passes until nothing waits. Gives the counts of then: a slow machine may have something new at any time. */
  drain(): Promise<Stats>;
  /** Waits, in real time, for what is under way, though not for ever: some answers never come. */
  answered(): Promise<void>;
  /** How often the page has tried to send. */
  attempts(): number;
  /** Closes the books: all spans are accounted for, and those that arrived are the right ones, each once. */
  finish(outcome?: Outcome): Promise<Ledger>;
}

const IGNORED = '/api/tick /rootspan.js /favicon.ico';
/** A document that goes tells its counts by a cookie: no request, no storage that a row has broken. */
const TELL = `<script>{
  const id = window.documentId = Math.random().toString(36).slice(2);
  const tell = () => { document.cookie = 'seen.' + id + '=' + encodeURIComponent(JSON.stringify(rootspan('stats'))) };
  for (const type of ['pagehide', 'visibilitychange']) addEventListener(type, tell);
}</script>`;

/** Writes the page of a row: an agent that does not trace what the harness itself asks for. */
export const withBooks = ({ tag, config, body = '', ...rest }: DocumentOptions = {}): DocumentOptions => ({
  ...rest,
  ...(config === undefined
    ? { tag: { 'ignore-urls': IGNORED, ...tag } }
    : { config: `ignoreUrls: ${JSON.stringify(IGNORED.split(' '))}, ${config}` }),
  body: TELL + body,
});

export const createScene = (
  page: Page,
  context: BrowserContext,
  site: Site,
  collector: FakeCollector,
): Scene => {
  const made: string[] = [];
  const remembered = new Map<string, Stats>();
  const underWay = new Set<Request>();
  let attempts = 0;
  let works = 0;
  let isStanding = false;
  context.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/v1/traces')) return;
    attempts++;
    underWay.add(request);
  });
  context.on('requestfinished', (request) => underWay.delete(request));
  context.on('requestfailed', (request) => underWay.delete(request));

  const read = async (of: Page): Promise<Living> => {
    const living = await of.evaluate(readLiving);
    expect(imbalanceOf(living.stats), JSON.stringify(living.stats)).toBe(0);
    return living;
  };
  const stats: Scene['stats'] = async (of = page) => (await read(of)).stats;
  const pass: Scene['pass'] = (ms, step) => passTime(page, ms, step);
  const answered: Scene['answered'] = async () => {
    for (let turn = 0; underWay.size && turn < 100; turn++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    // What hangs is waited for once; it ends in the page's time, or has gone with its page.
    underWay.clear();
  };

  return {
    ...{ page, context, site, collector, stats, pass, answered },
    attempts: () => attempts,
    open: async (options, clock = 'stands') => {
      isStanding = clock === 'stands';
      if (isStanding) {
        await page.clock.install();
        await page.clock.pauseAt(Date.now() + 60_000);
      }
      site.serve('/', withBooks(options));
      await page.goto(site.origin);
    },
    work: async (names, of = page) => {
      made.push(...names);
      const answers = await of.evaluate(doWork, [names, `/api/page?${++works}`] as const);
      expect(answers, "the answers to the page's own requests").toEqual(['200 GET', '200 POST', true]);
      await expect.poll(() => site.requests(`/api/page?${works}`)).toHaveLength(3);
    },
    span: async (name, of = page) => {
      made.push(name);
      await of.evaluate((given) => rootspan('span', given, () => {}), name);
    },
    look: async (of = page) => {
      const { id, stats } = await read(of);
      remembered.set(id, stats);
      return stats;
    },
    drain: async () => {
      let last = await stats();
      for (let turn = 0; turn < 40 && last.waiting; turn++) {
        if (turn < 8) await pass(500);
        // Far below the time limit of a request, which takes real time.
        else for (let passed = 0; passed < 20_000; passed += 4000) await pass(4000, 4000).then(answered);
        last = await stats();
      }
      return last;
    },
    finish: async (outcome = {}) => {
      const close = async (): Promise<Ledger> => {
        const living = await Promise.all(context.pages().map((each) => read(each).catch(() => undefined)));
        const found = living.filter((each) => each !== undefined);
        const documents = gather(await context.cookies(), found, remembered);
        return writeLedger(documents, collector.requests(), found[0]?.inStorage);
      };
      const expected = without(made, outcome.missing);
      // What a page has left behind, or just begun, is still on its way.
      await expect
        .poll(() => namesIn(collector), 'spans that arrived')
        .toEqual(outcome.isMany ? expect.arrayContaining(expected) : expected);
      let ledger = await close();
      await expect
        .poll(async () => {
          // What a slow machine has added, such as a long frame, goes when time passes.
          if (isStanding && outcome.waiting === undefined && ledger.waiting) await pass(500);
          ledger = await close();
          return problemsOf(ledger, outcome);
        }, 'the books')
        .toEqual({});
      const name = test.info().titlePath.slice(1).join(': ');
      test.info().annotations.push({ type: 'ledger', description: JSON.stringify([name, ledger]) });
      return ledger;
    },
  };
};

/** Runs in the page, as the next one does. */
const readLiving = (): Living => {
  const areas = ['localStorage', 'sessionStorage'].map((name) => {
    try {
      return Object.keys(Reflect.get(window, name) ?? {});
    } catch {
      return [];
    }
  });
  // The key has the number of spans: form, signal, time, number, and random digits.
  const counts = areas
    .flat()
    .map((key) => Number(/^rootspan\.unsent1\.Spans\.\d+\.(\d+)/.exec(key)?.[1] ?? 0));
  const inStorage = counts.reduce((sum, count) => sum + count, 0);
  return { id: Reflect.get(window, 'documentId'), stats: rootspan('stats'), inStorage };
};

const doWork = async ([names, url]: readonly [string[], string]) => {
  for (const name of names) rootspan('span', name, () => {});
  const byFetch = fetch(url).then(async (response) => `${response.status} ${(await response.json()).method}`);
  const byXhr = new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.onloadend = () => resolve(`${xhr.status} ${xhr.responseText && JSON.parse(xhr.responseText).method}`);
    xhr.open('POST', url);
    xhr.send('text');
  });
  const beacon = navigator.sendBeacon(url, 'text');
  return Promise.all([byFetch.catch(String), byXhr, beacon]);
};

/** The names of the spans of `work` that the collector has, each span once. */
const namesIn = (collector: FakeCollector): string[] => {
  const spans = collector.spans().filter(({ scope }) => scope === 'rootspan/custom');
  return [...new Map(spans.map((span) => [span.spanId, span.name])).values()].sort();
};

const without = (names: readonly string[], missing: readonly string[] = []): string[] =>
  names.filter((name) => !missing.includes(name)).sort();
