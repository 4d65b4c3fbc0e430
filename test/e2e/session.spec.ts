import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

const SHOP = "<script>first = fetch('/api/first')</script>";

test('a session lasts over reloads and tabs of one browser', async ({ open, site, context, collector }) => {
  const first = await open('/');
  const read = (page: Page) => page.evaluate(() => rootspan('session') as { id: string; isNew: boolean });
  const { isNew, ...session } = await read(first);
  expect(isNew).toBe(true);
  await first.reload();
  const second = await context.newPage();
  await second.goto(site.origin);

  for (const page of [first, second]) {
    expect(await read(page)).toEqual({ ...session, isNew: false });
  }
  await expect.poll(() => collector.spans().filter(named('page_load /'))).toHaveLength(3);
  const loads = collector.spans().filter(named('page_load /'));
  expect(new Set(loads.map(({ attributes }) => attributes['session.id']))).toEqual(new Set([session.id]));
  expect(new Set(loads.map(({ attributes }) => attributes['rootspan.page_view.id'])).size).toBe(3);
  expect(new Set(loads.map(({ traceId }) => traceId)).size).toBe(3);
});

test('another browser is another session', async ({ open, browser, site }) => {
  const page = await open('/');
  const other = await browser.newContext();
  const stranger = await other.newPage();
  await stranger.goto(site.origin);

  const read = () => (rootspan('session') as { id: string }).id;
  expect(await stranger.evaluate(read)).not.toBe(await page.evaluate(read));
  await other.close();
});

test('a session that was idle for too long is followed by another, which names it', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', { config: 'session: { idleTimeout: 60000 }' });
  await page.goto(site.origin);
  const before = await page.evaluate(() => {
    const key = Object.keys(localStorage)[0] as string;
    const stored = JSON.parse(localStorage[key]);
    localStorage[key] = JSON.stringify({ ...stored, lastActive: stored.lastActive - 61_000 });
    return stored.id as string;
  });
  await collector.waitForSpan(named('page_load /'));
  await page.reload();

  const root = await collector.waitForSpan(({ attributes }) => attributes['session.previous_id'] === before);
  expect(root.attributes['session.id']).not.toBe(before);
});

const JUNK = ['', 'null', '{}', '[1]', '{"id":5}', '{"id":"x","random":"zz","startTime":"now"}', '\u0000'];

test('anything else that is stored in the place of the session counts as none', async ({
  page,
  open,
  site,
}) => {
  await open('/');
  const sessions: { id: string; previousId?: string }[] = [];
  for (const junk of JUNK) {
    await page.evaluate((text) => localStorage.setItem('rootspan.session', text), junk);
    await page.goto(site.origin);
    sessions.push(await page.evaluate(() => rootspan('session') as { id: string }));
  }

  expect(new Set(sessions.map(({ id }) => id)).size).toBe(JUNK.length);
  expect(sessions.filter(({ id, previousId }) => previousId || !/^[\da-f-]{36}$/.test(id))).toEqual([]);
});

test('a session with sample rate 0 sends nothing and injects nothing', async ({ page, site, collector }) => {
  site.serve('/', { tag: { 'sample-rate': 0 }, body: SHOP });
  site.serve('/next', { tag: { 'sample-rate': 0 }, body: SHOP });
  await page.goto(site.origin);
  await page.evaluate(async () => {
    history.pushState({}, '', '/next');
    rootspan('span', 'work', () => rootspan('recordException', new Error('unseen')));
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/second');
    xhr.send();
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
    });
    await rootspan('flush');
  });
  await page.reload();
  const stats = await page.evaluate(() => rootspan('stats'));
  await expect.poll(() => site.requests('/api/')).toHaveLength(3);
  await page.close();

  expect(stats).toMatchObject({ recorded: 0, sent: 0, waiting: 0, dropped: {} });
  const headers = site.requests('/api/').flatMap((request) => Object.keys(request.headers));
  expect(headers.filter((name) => name.startsWith('trace'))).toEqual([]);
  expect(collector.requests()).toEqual([]);
});

test('with sample rate 0.5 each session is kept or not as a whole', async ({ page, site, collector }) => {
  site.serve('/', { tag: { 'sample-rate': 0.5 }, body: SHOP });
  let kept = 0;

  for (let number = 0; number < 60; number++) {
    for (const path of ['/?first', '/?second']) {
      await page.goto(site.origin + path);
      await page.evaluate(async () => {
        await fetch('/api/second').then((response) => response.text());
        await Reflect.get(window, 'first');
      });
    }
    await expect.poll(() => site.requests('/api/')).toHaveLength(4);
    const isKept = site.requests('/api/').map(({ headers }) => headers.traceparent !== undefined);
    expect(new Set(isKept).size).toBe(1);
    kept += Number(isKept[0]);
    site.clear();
    // The next visitor.
    await page.evaluate(() => localStorage.clear());
  }
  await page.goto('about:blank');

  // Fewer than 12 or more than 48 of 60 happens by chance once in a million runs.
  expect(kept).toBeGreaterThanOrEqual(12);
  expect(kept).toBeLessThanOrEqual(48);
  const sessions = () => new Set(collector.spans().map(({ attributes }) => attributes['session.id'])).size;
  await expect.poll(sessions).toBe(kept);
  const rates = collector.spans().map(({ attributes }) => attributes['rootspan.sample_rate']);
  expect(new Set(rates)).toEqual(new Set([0.5, undefined]));
});

test('a new sample rate leaves the session that runs as it is', async ({ page, open, site, collector }) => {
  await open('/');
  site.serve('/', { tag: { 'sample-rate': 0 } });
  await page.goto(`${site.origin}/?second`);

  const loads = () => collector.spans().filter(named('page_load /'));
  await expect.poll(loads).toHaveLength(2);
  expect(loads().map(({ attributes }) => attributes['rootspan.sample_rate'])).toEqual([1, 1]);
});

const BLOCKED: Record<string, () => void> = {
  'that throws when it is named': () => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  },
  'that is full': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  },
  'that is missing': () => {
    Object.defineProperty(window, 'localStorage', { value: undefined });
  },
  'that throws when it is read': () => {
    Storage.prototype.getItem = () => {
      throw new DOMException('broken', 'UnknownError');
    };
  },
};

for (const [kind, block] of Object.entries(BLOCKED)) {
  test(`with a localStorage ${kind} the session lasts as long as the page`, async ({
    page,
    open,
    collector,
  }) => {
    await page.addInitScript(block);
    await open('/', { body: SHOP });
    await page.evaluate(() => history.pushState({}, '', '/next'));
    await collector.waitForSpan(named('route_change /next'));
    await collector.waitForSpan(named('GET /api/first'));

    expect(new Set(collector.spans().map(({ attributes }) => attributes['session.id'])).size).toBe(1);
  });
}

test('in a sandboxed frame without storage the agent works and injects nothing', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/inner', {
    tag: { endpoint: site.otherOrigin },
    body: `<script>fetch('${site.origin}/api/framed').catch(() => {})</script>`,
  });
  site.page('/', '<!doctype html><iframe sandbox="allow-scripts" src="/inner"></iframe>');
  await page.goto(site.origin);

  await collector.waitForSpan(named('GET /api/framed'));
  expect(site.requests('/api/framed').map(({ method, headers }) => [method, headers.traceparent])).toEqual([
    ['GET', undefined],
  ]);
});
