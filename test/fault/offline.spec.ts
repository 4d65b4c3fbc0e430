import type { Page } from 'playwright/test';
import { inOwnBrowser, killRenderers } from './support/browser.js';
import { expect, type Scene, test } from './support/fixtures.js';
import { withBooks } from './support/scene.js';

const NAMES = ['one', 'two', 'three'];
/** Nothing goes by itself, so that a flush is done when the page has heard of the answer. */
const PATIENT = { 'flush-interval': 600_000 };

/** Spans wait, the collector has refused them once, and the page is to leave them to a later one, which does not wait. */
const failOnce = async (scene: Scene): Promise<void> => {
  await scene.page.evaluate(() => rootspan('flush'));
  expect((await scene.stats()).waiting).toBeGreaterThanOrEqual(NAMES.length);
  expect(scene.collector.requests()).toHaveLength(1);
  scene.site.serve('/', withBooks());
};

/** As a page in a tab that the visitor leaves for another. */
const hide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });

const settle = async (scene: Scene, page?: Page): Promise<void> => {
  await expect
    .poll(async () => {
      const { waiting, stored } = await scene.stats(page);
      return waiting + stored;
    })
    .toBe(0);
};

/** What a page stores reaches the browser a moment later: until a page of another process sees it. */
const untilStored = async ({ site, context }: Scene, bodies = 1): Promise<void> => {
  site.page('/bare', '<!doctype html>');
  const witness = await context.newPage();
  await witness.goto(`${site.origin}/bare`);
  await witness.waitForFunction(
    (count) => Object.keys(localStorage).filter((key) => /unsent/.test(key)).length >= count,
    bodies,
  );
  await witness.close();
};

/** The collector asks to be left alone: whatever ends from then on is not tried as the page is left. */
const refuse = (scene: Scene): void => {
  scene.collector.answer({ status: 503, headers: { 'Retry-After': '3600' } });
};

test('a page that is left while the collector is away: the next one sends, each once', async ({ scene }) => {
  refuse(scene);
  await scene.open({ tag: PATIENT }, 'runs');
  await scene.work(NAMES);
  await failOnce(scene);
  scene.collector.answer('ok');
  await scene.page.reload();
  await scene.work(['afterwards']);
  await settle(scene);
  await scene.finish();
});

test('three tabs that close while the collector is away, and three that open at once', async ({
  scene,
  context,
}) => {
  refuse(scene);
  await scene.open({ tag: PATIENT }, 'runs');
  const open = async (name: string): Promise<Page> => {
    const tab = await context.newPage();
    await tab.goto(scene.site.origin);
    await scene.span(name, tab);
    return tab;
  };
  const tabs = await Promise.all(NAMES.map(open));
  for (const tab of tabs) {
    // It has to hear of the refusal: what is under way as a tab closes counts as sent.
    await tab.evaluate(() => rootspan('flush'));
    const closed = tab.waitForEvent('close');
    await tab.close({ runBeforeUnload: true });
    await closed;
  }
  await untilStored(scene, tabs.length);
  scene.collector.answer('ok');
  scene.site.serve('/', withBooks());
  await scene.page.reload();
  const later = await Promise.all(['four', 'five'].map(open));
  for (const tab of [scene.page, ...later]) await settle(scene, tab);
  await scene.finish();
});

test('a tab that is killed right after it was hidden, while the collector is away', async ({
  scene,
  browser,
}) => {
  await inOwnBrowser(scene, browser, async (own) => {
    refuse(scene);
    await own.open({ tag: PATIENT }, 'runs');
    await own.work(NAMES);
    await failOnce(own);
    const crashed = own.page.waitForEvent('crash');
    await hide(own.page);
    expect((await own.look()).waiting).toBe(0);
    await untilStored(own);
    await killRenderers(own.context);
    await crashed;
    scene.collector.answer('ok');
    await own.page.close();
    const next = await own.context.newPage();
    await next.goto(scene.site.origin);
    await settle(own, next);
    await own.finish();
  });
});

test('more than storage may hold: what has no room goes with its page, the rest arrives', async ({
  scene,
}) => {
  refuse(scene);
  await scene.open({ tag: { ...PATIENT, 'max-spans-per-minute': 6000 } }, 'runs');
  await scene.work(NAMES);
  await failOnce(scene);
  await scene.page.evaluate(() => {
    const attributes = { 'shop.text': 'x'.repeat(300) };
    for (let number = 0; number < 450; number++) rootspan('span', `step ${number}`, { attributes }, () => {});
  });
  await hide(scene.page);
  const { stored, waiting } = await scene.stats();
  expect(stored).toBeGreaterThan(100);
  const kept = await scene.page.evaluate(() =>
    Object.entries(localStorage).filter(([key]) => key.startsWith('rootspan.unsent')),
  );
  expect(kept.length).toBeLessThanOrEqual(16);
  expect(Math.max(...kept.map(([, body]) => body.length))).toBeLessThanOrEqual(16 * 1024 + 200);

  scene.collector.answer('ok');
  await scene.page.reload();
  await settle(scene);
  const { arrived } = await scene.finish({ isMany: true, missing: NAMES, gone: waiting });
  expect(arrived).toBeGreaterThanOrEqual(stored);
});

test('what is in storage for more than a day is not sent, and counted', async ({ scene }) => {
  refuse(scene);
  await scene.open({ tag: PATIENT }, 'runs');
  await scene.work(NAMES);
  await failOnce(scene);
  await hide(scene.page);
  await scene.page.goto(`${scene.site.origin}/favicon.ico`);
  await scene.page.evaluate(() => {
    for (const [key, body] of Object.entries(localStorage)) {
      if (!key.startsWith('rootspan.unsent')) continue;
      localStorage.removeItem(key);
      localStorage.setItem(
        key.replace(/\d{13}/, (time) => `${Number(time) - 25 * 3_600_000}`),
        body,
      );
    }
  });
  scene.collector.answer('ok');
  await scene.page.goto(scene.site.origin);
  await scene.work(['afterwards']);
  await settle(scene);
  await scene.finish({ missing: NAMES, dropped: { expired: expect.any(Number) } });
});

test('consent that is denied removes what was put by, and counts it', async ({ scene }) => {
  refuse(scene);
  await scene.open({ tag: PATIENT }, 'runs');
  await scene.work(NAMES);
  await failOnce(scene);
  await hide(scene.page);
  expect((await scene.stats()).stored).toBeGreaterThanOrEqual(NAMES.length);
  scene.collector.answer('ok');
  await scene.page.evaluate(() => rootspan('setConsent', 'denied'));
  expect(await scene.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await scene.finish({ missing: NAMES, dropped: { consent: expect.any(Number) } });
});

const JUNK: Record<string, string> = {
  'rootspan.unsent1.Spans.': '',
  'rootspan.unsent1.Spans.x.y.z': '{"resourceSpans":[]}',
  'rootspan.unsent1.Spans.1.2.3': '{"resourceSpans":',
  'rootspan.unsent1.Spans.1795000000000.5.a': '[1]',
  'rootspan.unsent1.Spans.1795000000000.5.b': 'null',
  'rootspan.unsent1.Spans.-1.-5.c': '{"__proto__":{"resourceSpans":[]}}',
  'rootspan.unsent1.Spans': 'text',
};
const OTHERS = { 'rootspan.unsent9.Spans.1795000000000.5.d': '{"resourceSpans":[]}', page: 'its own' };

test('a storage with what is none of ours: nothing of it is sent, other versions stay', async ({ scene }) => {
  await scene.page.goto(`${scene.site.origin}/favicon.ico`);
  await scene.page.evaluate((entries) => Object.assign(localStorage, entries), { ...JUNK, ...OTHERS });
  await scene.open({}, 'runs');
  await scene.work(NAMES);
  await settle(scene);
  await scene.finish();
  expect(await scene.page.evaluate(() => ({ ...localStorage }))).toMatchObject(OTHERS);
});
