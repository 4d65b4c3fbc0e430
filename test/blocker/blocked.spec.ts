import { readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright/test';
import { passTime } from '../e2e/support/clock.js';
import { named, only } from '../e2e/support/spans.js';
import '../e2e/support/window.js';
import { imbalanceOf } from '../fault/support/ledger.js';
import { compareGroup } from '../harm/support/compare.js';
import { drive, type OpenCasePage } from '../harm/support/run-page.js';
import { BLOCKED_BASE, BLOCKED_SCRIPT, expect, test, testAlone } from './fixtures.js';
import { doWork } from './work.js';

const EARLY = readFileSync(new URL('../../dist/early.js', import.meta.url), 'utf8');
/** As the README has it. */
const QUEUE = 'window.rootspan=window.rootspan||function(){(rootspan.q=rootspan.q||[]).push(arguments)};';
const CALLS = `rootspan('start', { serviceName: 'shop-web' });
  rootspan('setUser', { id: 'u-42' });`;
const BLOCKED = { endpoint: BLOCKED_BASE, 'flush-interval': 100 };
const IGNORED = { 'ignore-urls': '/rootspan.js /favicon.ico /api/tick' };

/** What the page throws itself. */
const THROWN = ['uncaught: of a promise', 'uncaught: of the page'];
/** The one thing that the agent says there: nobody can tell why a request of the page's own fails with its header. */
const IS_SPARED = new RegExp(`^warning: \\[rootspan\\] ${BLOCKED_SCRIPT} gets no trace headers`);

const blocked = (part: string) =>
  `<script>${part};${CALLS}</script><script src="${BLOCKED_SCRIPT}" async></script>`;

/** Pages by what of the agent is in their head. */
const HEADS = {
  'the collector is blocked': `<script src="/rootspan.js" data-endpoint="${BLOCKED_BASE}" data-flush-interval="50"></script>`,
  'the script is blocked': blocked(QUEUE),
  'the script is blocked, behind the inline snippet': blocked(EARLY),
};

const page = (head: string): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Page</title>${head}</head><body></body></html>`;

for (const [what, head] of Object.entries(HEADS)) {
  test(`${what}: the page works as without the agent`, async ({ page: tab, site, messages }) => {
    const runs = [];
    for (const [path, text] of Object.entries({ '/plain': '', '/agent': head })) {
      site.page(path, page(text));
      await tab.goto(site.origin + path);
      const seen = await tab.evaluate(doWork, BLOCKED_SCRIPT);
      // Both come by other ways than the result.
      await site.waitForRequest('beacon');
      await expect.poll(() => messages).toEqual(expect.arrayContaining(THROWN));
      const heard = messages.splice(0).filter((line) => !IS_SPARED.test(line));
      const server = site.requests().map(({ method, url, body }) => `${method} ${url} ${body}`);
      site.clear();
      runs.push({ seen, heard: heard.sort(), server: server.sort() });
    }

    expect(runs[1]).toEqual(runs[0]);
    expect(runs[0]?.heard).toEqual(THROWN);
    expect(runs[0]?.seen).toContain('fetch of a blocked script: TypeError');
  });
}

/**
 * Of the cases of `test/harm`: what a page does with requests, and what it finds in its globals. Aborts and connections
 * that are cut are chance here, as the extension holds each request for a moment; and `xhr-open` is about preflights,
 * which this one profile remembers from the page before.
 */
const GROUPS = [
  ...['fetch-arguments', 'fetch-bodies', 'fetch-headers', 'fetch-requests', 'fetch-responses', 'fetch-shape'],
  ...['xhr-events', 'xhr-life', 'xhr-shape', 'connection-shape', 'page-globals', 'surface', 'console'],
];

for (const group of GROUPS) {
  test(`${group}: with a blocked collector the agent changes nothing`, async ({ context, messages }) => {
    test.setTimeout(300_000);
    await compareGroup(openIn(context), {
      group,
      attributes: `data-service-name="harm" data-endpoint="${BLOCKED_BASE}" data-flush-interval="50"`,
    });
    messages.splice(0); // compared already, without and with the agent
  });
}

testAlone(
  'a blocked collector is asked a few times an hour, every span is counted, stop works',
  async ({ page, site, collector }) => {
    const attempts: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes(BLOCKED_BASE)) attempts.push(request.url());
    });
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    site.serve('/', { tag: { ...BLOCKED, ...IGNORED } });
    await page.goto(site.origin);
    await page.evaluate(() => {
      for (let number = 0; number < 1200; number++)
        setTimeout(() => rootspan('span', 'tick', () => {}), number * 3000);
    });
    await passTime(page, 3_600_000, 60_000);

    const stats = await page.evaluate(() => rootspan('stats'));
    expect(imbalanceOf(stats), JSON.stringify(stats)).toBe(0);
    expect(stats.recorded).toBeGreaterThanOrEqual(1200);
    expect(stats.sent).toBe(0);
    expect(stats.dropped).toEqual({ queue_full: stats.recorded - stats.waiting - stats.stored });
    expect(attempts.length).toBeGreaterThan(1);
    expect(attempts.length).toBeLessThanOrEqual(60);

    const after = await page.evaluate(() => {
      const patched = window.fetch;
      rootspan('stop');
      return { stats: rootspan('stats'), isPatched: window.fetch === patched };
    });
    expect(imbalanceOf(after.stats), JSON.stringify(after.stats)).toBe(0);
    expect(after.isPatched).toBe(false);
    expect(collector.requests()).toEqual([]);
  },
);

test('what a blocker has held back is sent once the endpoint has another name', async ({
  page,
  site,
  collector,
}) => {
  // Of the agent only the time to the next attempt is drawn: there is none while this page lasts.
  const body = `<script>Math.random = () => 9999; rootspan('span', 'held back', () => {})</script>`;
  site.serve('/', { tag: { ...BLOCKED, ...IGNORED, 'flush-interval': 600_000 }, body });
  site.serve('/next', { tag: { 'flush-interval': 100, ...IGNORED } });
  await page.goto(site.origin);
  // Over once the page has heard that nothing went: what is on its way as a page is left counts as sent.
  await page.evaluate(() => rootspan('flush'));
  await page.goto(`${site.origin}/next`);

  await collector.waitForSpan(named('held back'), 20_000);
  only(collector.spans(), 'held back');
});

/** In this browser, with its blocker. */
const openIn =
  (context: BrowserContext): OpenCasePage =>
  async () => {
    await context.clearCookies();
    const tab = await context.newPage();
    return drive(tab, () => tab.close());
  };
