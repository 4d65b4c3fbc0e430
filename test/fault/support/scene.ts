import type { BrowserContext, Page } from 'playwright/test';
import type { Stats } from '../../../src/types.js';
import type { DocumentOptions } from '../../e2e/support/document.js';
import { expect, type Site, test } from '../../e2e/support/fixtures.js';
import type { FakeCollector } from '../../support/fake-collector.js';
import { imbalanceOf, type Ledger, type Seen, writeLedger } from './ledger.js';

/** What a row says of its end; what it leaves out is "nothing". */
export interface Outcome {
  /** Spans of `work` that do not arrive. */
  missing?: readonly string[];
  /** Counts of lost spans by reason, or what matches them. */
  dropped?: Record<string, unknown>;
  /** Spans may come again: the collector has taken them, and its answer has not arrived. */
  isRepeated?: boolean;
  /** The page has made others than those of `work`, too many to name. */
  isMany?: boolean;
  /** The most spans that may have gone with a tab. */
  gone?: number;
  /** How many spans still wait, or what matches that. */
  waiting?: unknown;
}

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
  /** Remembers the counts of a tab that will not be able to tell them. */
  look(page?: Page): Promise<void>;
  /** Time passes until nothing waits. */
  drain(): Promise<void>;
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
  let attempts = 0;
  let works = 0;
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/v1/traces')) attempts++;
  });

  const read = async (of: Page): Promise<[id: string, stats: Stats]> => {
    const [id, stats] = await of.evaluate(
      () => [Reflect.get(window, 'documentId') as string, rootspan('stats')] as const,
    );
    expect(imbalanceOf(stats), JSON.stringify(stats)).toBe(0);
    return [id, stats];
  };
  const stats: Scene['stats'] = async (of = page) => (await read(of))[1];
  const pass: Scene['pass'] = async (ms, step = 250) => {
    for (let passed = 0; passed < ms; passed += step) {
      await page.clock.runFor(step);
      await page.evaluate(() => fetch('/api/tick').then((response) => response.text())).catch(() => {});
    }
  };

  return {
    ...{ page, context, site, collector, stats, pass },
    attempts: () => attempts,
    open: async (options, clock = 'stands') => {
      if (clock === 'stands') {
        await page.clock.install();
        await page.clock.pauseAt(Date.now() + 1000);
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
      const [id, seen] = await read(of);
      remembered.set(id, seen);
    },
    drain: async () => {
      for (let turn = 0; turn < 40 && (await stats()).waiting; turn++) {
        await pass(turn < 4 ? 500 : 5000, turn < 4 ? 250 : 2500);
      }
    },
    finish: async (outcome = {}) => {
      const close = async (): Promise<Ledger> => {
        const alive = await Promise.all(context.pages().map((each) => read(each).catch(() => undefined)));
        const documents = await gather(
          context,
          alive.filter((each) => each !== undefined),
          remembered,
        );
        return writeLedger(documents, collector.requests());
      };
      const expected = without(made, outcome.missing);
      // What a page has left behind, or just begun, is still on its way.
      await expect
        .poll(() => namesIn(collector), 'spans that arrived')
        .toEqual(outcome.isMany ? expect.arrayContaining(expected) : expected);
      let ledger = await close();
      await expect
        .poll(async () => {
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

/** Runs in the page. */
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

const gather = async (
  context: BrowserContext,
  alive: [string, Stats][],
  remembered: ReadonlyMap<string, Stats>,
): Promise<Seen[]> => {
  const seen = new Map<string, Seen>();
  for (const [id, stats] of remembered) seen.set(id, { ...stats, isAlive: false, isUntold: true });
  for (const { name, value } of await context.cookies()) {
    const id = name.replace(/^seen\./, '');
    if (id !== name) seen.set(id, { ...JSON.parse(decodeURIComponent(value)), isAlive: false });
  }
  for (const [id, stats] of alive) if (id) seen.set(id, { ...stats, isAlive: true });
  return [...seen.values()];
};

/** The names of the spans of `work` that the collector has, each span once. */
const namesIn = (collector: FakeCollector): string[] => {
  const spans = collector.spans().filter(({ scope }) => scope === 'rootspan/custom');
  return [...new Map(spans.map((span) => [span.spanId, span.name])).values()].sort();
};

const without = (names: readonly string[], missing: readonly string[] = []): string[] =>
  names.filter((name) => !missing.includes(name)).sort();

/** Whatever of the books is not as the row has it, by name. */
const problemsOf = (ledger: Ledger, outcome: Outcome): Partial<Ledger> => {
  const { lost, gone, repeated, waiting, dropped } = ledger;
  const isGood = {
    lost: lost === 0,
    dropped: matches(dropped, outcome.dropped ?? {}),
    waiting: matches(waiting, outcome.waiting ?? 0),
    gone: gone >= 0 && gone <= (outcome.gone ?? 0),
    repeated: outcome.isRepeated || repeated === 0,
  };
  const names = Object.keys(isGood) as (keyof typeof isGood)[];
  return Object.fromEntries(names.filter((name) => !isGood[name]).map((name) => [name, ledger[name]]));
};

/** As `toEqual` has it, with its `expect.any(…)`. */
const matches = (value: unknown, expected: unknown): boolean => {
  try {
    expect(value).toEqual(expected);
    return true;
  } catch {
    return false;
  }
};
