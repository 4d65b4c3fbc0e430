import type { Page } from 'playwright/test';
import { WITH_BACK_FORWARD_CACHE } from '../e2e/support/fixtures.js';
import { needs } from '../support/engines.js';
import { inOwnBrowser, killRenderers } from './support/browser.js';
import { expect, test } from './support/fixtures.js';

test.use(WITH_BACK_FORWARD_CACHE);

/** A batch would wait far longer than the test: what comes, comes because of the fault. */
const SLOW = { tag: { 'flush-interval': 600_000 } };

const command = async (page: Page, method: 'Page.crash' | 'Page.setWebLifecycleState', state?: string) => {
  const client = await page.context().newCDPSession(page);
  return client.send(method as 'Page.crash', state ? ({ state } as never) : undefined);
};

test.describe('a tab that is killed', () => {
  test('what was sent before has arrived, once', ({ scene, browser }) =>
    inOwnBrowser(scene, browser, async (own) => {
      await own.open({}, 'runs');
      await own.work(['one', 'two', 'three']);
      await expect.poll(async () => (await own.look()).waiting).toBe(0);
      const crashed = own.page.waitForEvent('crash');
      await killRenderers(own.context);
      await crashed;
      await own.page.close();
      await own.finish();
    }));

  test('what waits goes with it where nothing is kept, and is all that goes', ({ scene, browser }) =>
    inOwnBrowser(scene, browser, async (own) => {
      await own.open({ tag: { ...SLOW.tag, offline: 'false' } }, 'runs');
      await own.work(['one', 'two', 'three']);
      const { waiting } = await own.look();
      const crashed = own.page.waitForEvent('crash');
      await killRenderers(own.context);
      await crashed;
      await own.page.close();
      await own.finish({ missing: ['one', 'two', 'three'], gone: waiting });
    }));

  test('right after it was hidden nothing is lost', ({ scene, browser }) =>
    inOwnBrowser(scene, browser, async (own) => {
      await own.open(SLOW, 'runs');
      await own.work(['one', 'two', 'three']);
      const crashed = own.page.waitForEvent('crash');
      await own.page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      });
      await killRenderers(own.context);
      await crashed;
      await own.page.close();
      await own.finish();
    }));
});

test('a tab that crashes after it has sent', async ({ scene, context }) => {
  needs('the DevTools protocol');
  await scene.open({}, 'runs');
  await scene.work(['one', 'two', 'three']);
  await expect.poll(async () => (await scene.look()).waiting).toBe(0);
  const crashed = scene.page.waitForEvent('crash');
  void command(scene.page, 'Page.crash').catch(() => {});
  await crashed;
  await scene.page.close();

  // The next tab goes on with the session, as if nothing had been.
  const next = await context.newPage();
  await next.goto(scene.site.origin);
  await scene.work(['four'], next);
  await expect.poll(async () => (await scene.stats(next)).waiting).toBe(0);
  const sessions = new Set(scene.collector.spans().map(({ attributes }) => attributes['session.id']));
  expect(sessions.size).toBe(1);
  await scene.finish();
});

const ASKING = `<script>addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'sure?' })</script>`;
const CLOSED = { 'by its user': '', 'by its user, whom the page asks first': ASKING };

for (const [how, body] of Object.entries(CLOSED)) {
  test(`a tab that is closed ${how}`, async ({ scene }) => {
    await scene.open({ ...SLOW, body }, 'runs');
    await scene.work(['one', 'two', 'three']);
    await scene.page.mouse.click(5, 5);
    scene.page.on('dialog', (dialog) => void dialog.accept());
    const closed = scene.page.waitForEvent('close');
    await scene.page.close({ runBeforeUnload: true });
    await closed;
    await scene.finish();
  });
}

test('a tab that stays, as its user was asked', async ({ scene }) => {
  await scene.open({ ...SLOW, body: ASKING }, 'runs');
  await scene.work(['one', 'two', 'three']);
  await scene.page.mouse.click(5, 5);
  const asked = scene.page.waitForEvent('dialog').then((dialog) => dialog.dismiss());
  await scene.page.close({ runBeforeUnload: true });
  await asked;
  await scene.work(['four']);
  await scene.page.evaluate(() => rootspan('flush'));
  await scene.finish({ waiting: expect.any(Number) });
});

test('a tab that is frozen, and goes on', async ({ scene }) => {
  needs('the DevTools protocol');
  await scene.open({}, 'runs');
  await scene.work(['one']);
  await command(scene.page, 'Page.setWebLifecycleState', 'frozen');
  await command(scene.page, 'Page.setWebLifecycleState', 'active');
  await scene.work(['two']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish();
});

test('a tab that is frozen, and then closed', async ({ scene }) => {
  needs('the DevTools protocol');
  await scene.open(SLOW, 'runs');
  await scene.work(['one', 'two', 'three']);
  await scene.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await command(scene.page, 'Page.setWebLifecycleState', 'frozen');
  await scene.page.close();
  await scene.finish();
});

test('a page in the back/forward cache, and back, three times', async ({ scene, site, collector }) => {
  const back = 'addEventListener("load", () => setTimeout(() => history.back(), 50))';
  site.page('/next', `<!doctype html><script>${back}</script>`);
  // Playwright cannot look into a restored page: the page itself acts.
  const again = `<script>let turns = 0; addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    rootspan('span', 'turn ' + ++turns, () => {});
    if (turns < 3) setTimeout(() => { location.href = '/next' }, 50);
    else fetch('/api/back');
  })</script>`;
  await scene.open({ body: again }, 'runs');
  await scene.work(['one']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  // The storage was looked through once, under a lock that would keep the page out of the cache; after that never again.
  await scene.page.evaluate(() => rootspan('flush'));
  await scene.page.waitForFunction(async () => !(await navigator.locks.query()).held?.length);
  await scene.page.evaluate(() => {
    setTimeout(() => {
      location.href = '/next';
    });
  });
  await site.waitForRequest('/api/back');
  for (const turn of [1, 2, 3]) await collector.waitForSpan(({ name }) => name === `turn ${turn}`);
  await scene.finish({ isMany: true, waiting: expect.any(Number) });
});

test('a tab that is duplicated, with its session storage', async ({ scene, context }) => {
  await scene.open({ config: "session: { storage: 'session' }" }, 'runs');
  await scene.work(['one']);
  const opened = context.waitForEvent('page');
  await scene.page.evaluate(() => void open('/'));
  const copy = await opened;
  await copy.waitForLoadState();
  await scene.work(['two'], copy);
  await scene.work(['three']);
  for (const tab of [scene.page, copy])
    await expect.poll(async () => (await scene.stats(tab)).waiting).toBe(0);
  await scene.finish();
  const sessions = new Set(scene.collector.spans().map(({ attributes }) => attributes['session.id']));
  expect(sessions.size).toBe(1);
});

test('many tabs that work and close at once', async ({ scene, context }) => {
  await scene.open({}, 'runs');
  const tabs = await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const tab = await context.newPage();
      await tab.goto(scene.site.origin);
      await scene.span(`tab ${number}`, tab);
      return tab;
    }),
  );
  await Promise.all(tabs.map((tab) => tab.close({ runBeforeUnload: true })));
  await scene.work(['one']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish();
});
