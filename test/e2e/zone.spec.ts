import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import type { FakeCollector } from '../support/fake-collector.js';
import type { CollectedSpan } from '../support/otlp-reader.js';
import { expect, type Site, take, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import { buildZonePages, type Files } from './support/zone-builds.js';
import './support/window.js';

// One build for all: it takes seconds.
test.describe.configure({ mode: 'default' });

let files: Files;
test.beforeAll(async () => {
  files = await buildZonePages();
});

/** Another tool that wraps what we wrap, in the way most do it. */
const WRAP = `
  (() => {
    const { fetch } = window;
    window.fetch = function (...args) {
      return fetch.apply(this, args).then((response) => response);
    };
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (...args) {
      this.other = args;
      return open.apply(this, args);
    };
    XMLHttpRequest.prototype.send = function (...args) {
      this.addEventListener('load', () => {});
      return send.apply(this, args);
    };
  })();`;

interface Visit {
  /** The package of zone.js; none by default. */
  zone?: string;
  entry: string;
  query?: string;
  before?: string;
  after?: string;
}

const visit = async (page: Page, site: Site, { zone, entry, query = '', before, after }: Visit) => {
  for (const [name, code] of Object.entries(files)) {
    site.page(`/${name}`, code, { 'Content-Type': 'text/javascript' });
  }
  const library = zone && readFileSync(fileURLToPath(import.meta.resolve(zone)), 'utf8');
  site.page('/zone.js', library ?? '', { 'Content-Type': 'text/javascript' });
  const buttons = ['a', 'b', 'share-a', 'share-b', 'set-up', 'own', 'repeat', 'native'];
  site.page(
    '/',
    `<!doctype html><title>Zone</title>
    <app-shop></app-shop>
    ${entry !== 'angular' ? buttons.map((id) => `<button id="${id}">Order ${id}</button>`).join('') : ''}
    <script type="module" src="/zone.js"></script>
    <script type="module">${before ?? ''}</script>
    <script type="module" src="/${entry}.js"></script>
    <script type="module">${after ?? ''}</script>`,
  );
  await page.goto(`${site.origin}/${query}`);
};

const clickOn = async (page: Page, collector: FakeCollector, id: string): Promise<CollectedSpan> => {
  await page.click(`#${id}`);
  return collector.waitForSpan(named(`click Order ${id}`));
};

/** All requests of \`order\` are children of the click. */
const expectChain = async (collector: FakeCollector, name: string): Promise<void> => {
  await collector.waitForSpan(named(`GET /api/${name}/three`));
  const click = await collector.waitForSpan(named(`click Order ${name}`));
  for (const part of ['one', 'two', 'three']) {
    const request = only(collector.spans(), `GET /api/${name}/${part}`);
    expect(isChildOf(request, click), `${part} of ${name}`).toBe(true);
  }
};

for (const zone of ['zone.js-0.14', 'zone.js-0.15', 'zone.js']) {
  test.describe(`with ${zone}`, () => {
    test.beforeEach(({ page, site }) => visit(page, site, { zone, entry: 'plain' }));

    test('what a click begins stays in its trace, over requests, timers and promises', async ({
      page,
      collector,
    }) => {
      await page.click('#a');

      await expectChain(collector, 'a');
    });

    test('two clicks at once stay apart, and a timer of the page has part in neither', async ({
      page,
      collector,
    }) => {
      await page.evaluate(() => void setInterval(() => void fetch('/api/poll'), 25));
      await page.click('#a');
      await page.click('#b');

      await expectChain(collector, 'a');
      await expectChain(collector, 'b');
      const clicks = ['a', 'b'].map((name) => only(collector.spans(), `click Order ${name}`));
      const polls = () => collector.spans().filter(named('GET /api/poll'));
      await expect.poll(() => polls().length).toBeGreaterThan(2);
      expect(polls().filter((poll) => clicks.some((click) => isChildOf(poll, click)))).toEqual([]);
    });

    test('who waits for a request of another goes on in their own trace', async ({ page, collector }) => {
      await page.click('#share-a');
      await page.click('#share-b');

      for (const name of ['a', 'b']) {
        const request = await collector.waitForSpan(named(`GET /api/${name}/after`));
        const click = await collector.waitForSpan(named(`click Order share-${name}`));
        expect(isChildOf(request, click)).toBe(true);
      }
    });

    test('a listener belongs to its event, not to the span that added it', async ({ page, collector }) => {
      const click = await clickOn(page, collector, 'set-up');
      const request = await collector.waitForSpan(named('GET /api/set-up'));

      expect(isChildOf(request, click)).toBe(true);
    });

    test('an event that nobody traces is of the span that listens to it', async ({ page, collector }) => {
      await page.evaluate(() => {
        location.hash = 'there';
      });

      const request = await collector.waitForSpan(named('GET /api/hash'));
      expect(isChildOf(request, await collector.waitForSpan(named('setup')))).toBe(true);
    });

    test('a chain of timers and spans is no chain of zones', async ({ page }) => {
      await page.click('#repeat');

      await expect(page.locator('body')).toHaveAttribute('data-zones', '<root> rootspan');
    });

    test('an own span has what it begins, and the click the rest', async ({ page, collector }) => {
      const click = await clickOn(page, collector, 'own');
      const own = await collector.waitForSpan(named('own'));
      const request = await collector.waitForSpan(named('GET /api/own'));
      const beside = await collector.waitForSpan(named('GET /api/beside'));
      const nobody = await collector.waitForSpan(named('GET /api/nobody'));

      expect(isChildOf(own, click)).toBe(true);
      expect(isChildOf(request, own)).toBe(true);
      expect(isChildOf(beside, click)).toBe(true);
      // The page view's, if that is still open.
      expect([undefined, click.parentSpanId]).toContain(nobody.parentSpanId);
    });
  });

  test(`${zone} is as before once the agent has stopped`, async ({ page, site }) => {
    const read = `[Object.getOwnPropertyDescriptor(Zone, 'current').get, Zone.prototype.run, Zone.prototype.runGuarded]`;
    await visit(page, site, { zone, entry: 'plain', before: `window.before = ${read}` });

    const isSame = (): Promise<boolean[]> => page.evaluate(`${read}.map((fn, i) => fn === before[i])`);
    expect(await isSame()).toEqual([false, false, false]);
    await page.evaluate(() => window.agent.stop());
    expect(await isSame()).toEqual([true, true, true]);
  });

  test(`${zone}: after a native await of a request its caller is active again`, async ({
    page,
    site,
    collector,
  }) => {
    await visit(page, site, { zone, entry: 'native' });
    await page.evaluate(() => {
      document.querySelector('#native')?.addEventListener('click', async () => {
        const response = await fetch('/api/native/one');
        await response.text();
        await fetch('/api/native/two');
      });
    });
    const click = await clickOn(page, collector, 'native');
    const request = await collector.waitForSpan(named('GET /api/native/two'));

    expect(isChildOf(request, click)).toBe(true);
  });

  test(`${zone} beside a tool that wraps requests before us and after us`, async ({
    page,
    site,
    collector,
  }) => {
    await visit(page, site, { zone, entry: 'plain', before: WRAP, after: WRAP });

    await page.click('#a');
    await page.click('#b');

    await expectChain(collector, 'a');
    await expectChain(collector, 'b');
  });
}

test('without zone.js one warning is told, and spans are as by default', async ({
  page,
  site,
  collector,
  messages,
}) => {
  await visit(page, site, { entry: 'plain' });
  await page.click('#a');

  const click = await collector.waitForSpan(named('click Order a'));
  expect(isChildOf(await collector.waitForSpan(named('GET /api/a/one')), click)).toBe(true);
  expect(await take(messages, 1)).toEqual(['warning: [rootspan] zoneContext: load zone.js first']);
});

const isStable = (page: Page) => expect(page.locator('body')).toHaveAttribute('data-stable', 'true');

/** Agents find route changes in one of two ways, and wait for what the page has intercepted. */
const WAYS: Record<string, string> = {
  'the Navigation API': '',
  'the History patch': `Object.defineProperty(window, 'navigation', { value: undefined });`,
  'a navigation that is intercepted': `navigation.addEventListener('navigate', (event) => event.intercept());`,
};

for (const [way, before] of Object.entries(WAYS)) {
  test(`a route change of an Angular application costs no further check, by ${way}`, async ({
    page,
    site,
  }) => {
    if (before.startsWith('navigation')) needs('Navigation API');
    const countChecks = async (query: string) => {
      await visit(page, site, { entry: 'angular', query, before });
      await isStable(page);
      await page.click('#go');
      await expect(page).toHaveURL(/cart/);
      // As many frames and timers as the agent may wait for, and more.
      await page.evaluate(async () => {
        for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
      await isStable(page);
      return page.locator('body').getAttribute('data-checks');
    };

    const alone = await countChecks('?alone');
    expect(await countChecks('')).toBe(alone);
  });
}

for (const backend of ['fetch', 'xhr']) {
  test.describe(`an Angular application that uses ${backend}`, () => {
    test('keeps what a click begins in its trace, two clicks apart, and becomes stable', async ({
      page,
      site,
      collector,
    }) => {
      await visit(page, site, { entry: 'angular', query: `?${backend}` });
      await isStable(page);

      await page.click('#a');
      await page.click('#b');

      await expect(page.locator('output')).toHaveText('a b');
      await expectChain(collector, 'a');
      await expectChain(collector, 'b');
      await isStable(page);
    });

    test('checks for changes as often as without the agent', async ({ page, site }) => {
      const countChecks = async (query: string) => {
        await visit(page, site, { entry: 'angular', query });
        await isStable(page);
        await page.click('#a');
        await expect(page.locator('output')).toHaveText('a');
        await isStable(page);
        return page.locator('body').getAttribute('data-checks');
      };

      const alone = await countChecks(`?${backend}&alone`);
      expect(await countChecks(`?${backend}`)).toBe(alone);
    });

    test('works beside a tool that wraps requests before us and after us', async ({
      page,
      site,
      collector,
    }) => {
      await visit(page, site, { entry: 'angular', query: `?${backend}`, before: WRAP, after: WRAP });
      await isStable(page);

      await page.click('#a');

      await expectChain(collector, 'a');
      await isStable(page);
    });
  });
}
