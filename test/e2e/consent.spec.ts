import type { BrowserContext, Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import { switchGpcOn } from './support/gpc.js';
import { named } from './support/spans.js';
import './support/window.js';

/** What the browser has stored for the site: its own books, not the page's word. */
const readStorage = async (page: Page): Promise<string[]> => {
  needs('the DevTools protocol');
  const client = await page.context().newCDPSession(page);
  const { storageKey } = await client.send('Storage.getStorageKeyForFrame', {
    frameId: (await client.send('Page.getFrameTree')).frameTree.frame.id,
  });
  const entries: string[] = [];
  for (const isLocalStorage of [true, false]) {
    const stored = await client.send('DOMStorage.getDOMStorageItems', {
      storageId: { storageKey, isLocalStorage },
    });
    entries.push(...stored.entries.map(([key]) => `${key}`));
  }
  await client.detach();
  return [...entries, ...(await page.context().cookies()).map(({ name }) => name)].sort();
};

/** All requests that leave the page from now on, as the browser sees them. */
const watchNetwork = async (page: Page): Promise<{ url: string; headers: Record<string, string> }[]> => {
  needs('the DevTools protocol');
  const client = await page.context().newCDPSession(page);
  const requests: { url: string; headers: Record<string, string> }[] = [];
  client.on('Network.requestWillBeSent', ({ request }) => requests.push(request));
  await client.send('Network.enable');
  return requests;
};

const use = (page: Page) =>
  page.evaluate(async () => {
    await fetch('/api/orders/1');
    await fetch('/api/orders', { method: 'POST', body: 'x' });
    await new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/api/xhr');
      xhr.onloadend = resolve;
      xhr.send();
    });
    rootspan('span', 'custom', () => {});
    rootspan('log', 'warn', 'before');
    document.dispatchEvent(new Event('pointerdown'));
    history.pushState(null, '', '/cart');
  });

const HEADERS = /^(traceparent|tracestate|baggage)$/i;

test('before consent nothing is stored, sent or written to requests; granted, all that was kept arrives', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', { tag: { consent: 'pending', logs: 'true', 'flush-interval': 1 } });
  const requests = await watchNetwork(page);
  await page.goto(site.origin);
  await use(page);
  await page.evaluate(() => rootspan('flush'));

  const { waiting, sent } = await page.evaluate(() => rootspan('stats') as { waiting: number; sent: number });
  expect({ sent, isKept: waiting > 3 }).toEqual({ sent: 0, isKept: true });
  expect(await readStorage(page)).toEqual([]);
  expect(requests.filter(({ url }) => url.includes('/v1/'))).toEqual([]);
  const own = requests.filter(({ url }) => url.includes('/api/'));
  expect(own).toHaveLength(3);
  expect(own.flatMap(({ headers }) => Object.keys(headers)).filter((name) => HEADERS.test(name))).toEqual([]);
  expect(site.requests('/api/').flatMap(({ headers }) => headers.traceparent ?? [])).toEqual([]);

  await page.evaluate(() => rootspan('setConsent', 'granted'));

  await collector.waitForSpan(named('page_load /'));
  for (const name of ['GET /api/orders/:id', 'POST /api/orders', 'GET /api/xhr', 'custom'])
    await collector.waitForSpan(named(name));
  await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('before');
  expect(await readStorage(page)).toEqual(['rootspan-page-view', 'rootspan.session']);
  const session = await page.evaluate(() => rootspan('session') as { id: string });
  expect(new Set(collector.spans().map(({ attributes }) => attributes['session.id']))).toEqual(
    new Set([session.id]),
  );
  await page.evaluate(() => fetch('/api/after'));
  expect((await site.waitForRequest('/api/after')).headers.traceparent).toMatch(/^00-/);
});

test('who denies leaves nothing behind, and nothing is recorded until it is granted again', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', { tag: { consent: 'pending', logs: 'true' } });
  const requests = await watchNetwork(page);
  await page.goto(site.origin);
  await use(page);
  const { recorded, ...stats } = await page.evaluate(() => {
    rootspan('setConsent', 'denied');
    return rootspan('stats') as { recorded: number; sent: number; waiting: number; dropped: object };
  });
  expect(recorded).toBeGreaterThan(3);
  expect(stats).toMatchObject({ sent: 0, waiting: 0, dropped: { consent: recorded } });
  await use(page);
  await page.evaluate(() => rootspan('flush'));

  expect(await page.evaluate(() => rootspan('session'))).toBeUndefined();
  expect(await page.evaluate(() => rootspan('stats') as object)).toMatchObject({ sent: 0, waiting: 0 });
  expect(await readStorage(page)).toEqual([]);
  expect(requests.filter(({ url }) => url.includes('/v1/'))).toEqual([]);
  expect(site.requests('/api/').flatMap(({ headers }) => headers.traceparent ?? [])).toEqual([]);

  await page.evaluate(() => {
    rootspan('setConsent', 'granted');
    rootspan('span', 'again', () => {});
  });
  await collector.waitForSpan(named('again'));
  expect(collector.spans().filter(named('custom'))).toEqual([]);
  expect(collector.spans().filter(named('page_load /'))).toEqual([]);
});

test('consent that is taken back empties the storage, stops the headers, and begins another session', async ({
  open,
  site,
  collector,
}) => {
  const page = await open('/');
  await page.evaluate(() => {
    localStorage.setItem('theirs', '1');
    return fetch('/api/before');
  });
  const before = await page.evaluate(() => rootspan('session') as { id: string });
  expect(await readStorage(page)).toContain('rootspan.session');

  await page.evaluate(() => rootspan('setConsent', 'denied'));
  await page.evaluate(() => fetch('/api/denied'));
  expect((await site.waitForRequest('/api/before')).headers.traceparent).toBeDefined();
  expect((await site.waitForRequest('/api/denied')).headers.traceparent).toBeUndefined();
  expect(await readStorage(page)).toEqual(['theirs']);

  collector.clear();
  await page.evaluate(() => rootspan('setConsent', 'granted'));
  const after = await page.evaluate(() => rootspan('session') as { id: string; previousId?: string });
  expect(after.id).not.toBe(before.id);
  expect(after.previousId).toBeUndefined();
});

test('a page that waits for consent goes on with the session that was stored with consent', async ({
  open,
  page,
  site,
}) => {
  await open('/');
  const read = () => rootspan('session') as { id: string };
  const { id } = await page.evaluate(read);
  site.serve('/next', { tag: { consent: 'pending' } });
  await page.goto(`${site.origin}/next`);

  expect((await page.evaluate(read)).id).toBe(id);
});

test('what is kept before consent is bounded, and the latest is kept', async ({ page, site, collector }) => {
  site.serve('/', { tag: { consent: 'pending', 'max-spans-per-minute': 5000 } });
  await page.goto(site.origin);
  const { recorded, waiting, dropped } = await page.evaluate(() => {
    for (let count = 0; count < 1100; count++) rootspan('span', `span ${count}`, () => {});
    return rootspan('stats') as { recorded: number; waiting: number; dropped: Record<string, number> };
  });
  expect(waiting).toBeLessThanOrEqual(1000);
  expect(dropped).toEqual({ queue_full: recorded - waiting });

  await page.evaluate(() => rootspan('setConsent', 'granted'));
  await collector.waitForSpan(named('span 1099'));
  expect(collector.spans().filter(named('span 0'))).toEqual([]);
});

test('with Global Privacy Control the session is in memory alone, and nobody is named', async ({
  page,
  site,
  collector,
}) => {
  await switchGpcOn(page);
  site.serve('/', { config: "attributes: { 'user.id': 'one' }" });
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('setUser', { id: 'two' });
    rootspan('span', 'theirs', () => {});
  });

  const span = await collector.waitForSpan(named('theirs'));
  expect(span.attributes).not.toHaveProperty('user.id');
  expect(await readStorage(page)).toEqual([]);

  site.serve('/', { config: "respectGpc: false, attributes: { 'user.id': 'one' }" });
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('span', 'named', () => {}));
  expect((await collector.waitForSpan(named('named'))).attributes['user.id']).toBe('one');
  expect(await readStorage(page)).toContain('rootspan.session');
});

const openTab = async (context: BrowserContext, url: string): Promise<Page> => {
  const tab = await context.newPage();
  await tab.goto(url);
  return tab;
};

const untilDenied = (tab: Page) =>
  expect.poll(() => tab.evaluate(() => rootspan('session') ?? null)).toBeNull();

/** What one tab has told the other before has come through then. */
const untilHeard = async (from: Page, to: Page): Promise<void> => {
  await from.evaluate(() => localStorage.setItem('marker', 'x'));
  await to.waitForFunction(() => localStorage.getItem('marker'));
};

test('what is denied in one tab is denied in all of the origin, and nothing of it is stored', async ({
  page,
  context,
  site,
  collector,
}) => {
  site.serve('/');
  await page.goto(site.origin);
  const other = await openTab(context, site.origin);
  await collector.waitForSpan(named('page_load /'));

  await page.evaluate(() => rootspan('setConsent', 'denied'));
  await untilDenied(other);
  await other.evaluate(() => fetch('/api/denied'));
  await other.evaluate(() => rootspan('flush'));

  expect(site.requests('/api/denied')[0]?.headers.traceparent).toBeUndefined();
  expect(collector.spans().filter(named('GET /api/denied'))).toEqual([]);
  for (const tab of [page, other])
    expect(await tab.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)])).toEqual([
      [],
      [],
    ]);
});

test('what was denied and is granted again stays granted where it was, and others are told by their own', async ({
  page,
  context,
  site,
  collector,
}) => {
  site.serve('/');
  await page.goto(site.origin);
  const other = await openTab(context, site.origin);

  await page.evaluate(() => {
    rootspan('setConsent', 'denied');
    rootspan('setConsent', 'granted');
  });
  await untilDenied(other);
  // An answer of the other tab, if there were one.
  await untilHeard(other, page);
  await page.evaluate(() => rootspan('span', 'again', () => {}));

  await collector.waitForSpan(named('again'));
});

test('a page that starts with what was denied tells the others nothing', async ({ page, context, site }) => {
  site.serve('/');
  site.serve('/denied', { tag: { consent: 'denied' } });
  await page.goto(site.origin);
  const other = await openTab(context, `${site.origin}/denied`);
  await untilHeard(other, page);

  expect(await page.evaluate(() => rootspan('session') ?? null)).not.toBeNull();
});

test('with Global Privacy Control other tabs hear of it too', async ({ page, context, site }) => {
  await switchGpcOn(context);
  site.serve('/');
  await page.goto(site.origin);
  const other = await openTab(context, site.origin);

  await page.evaluate(() => rootspan('setConsent', 'denied'));
  await untilDenied(other);
});

test('a tab that never had consent tells the others nothing', async ({ page, context, site }) => {
  site.serve('/');
  await page.goto(site.origin);
  site.serve('/asked', { tag: { consent: 'pending' } });
  const other = await openTab(context, `${site.origin}/asked`);
  await page.evaluate(() => {
    const seen: unknown[] = [];
    addEventListener('storage', ({ key }) => seen.push(key));
    Object.assign(window, { seen });
  });
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);

  await other.evaluate(() => rootspan('setConsent', 'denied'));
  // What follows has come through when this has.
  await other.evaluate(() => localStorage.setItem('marker', 'x'));
  await expect.poll(seen).toContain('marker');
  expect(await seen()).not.toContain('rootspan-denied');
});
