import { without } from './support/entries.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

// A batch would wait far longer than the test: what comes, comes because the page was left.
const SLOW = { 'flush-interval': 600_000, 'ignore-urls': '/rootspan.js /favicon.ico' };
const WORK = `<script>
  for (const name of ['one', 'two', 'three']) rootspan('span', name, () => {});
</script>`;
const ALL = ['one', 'page_load /', 'three', 'two'];

const namesOf = (collector: { spans(): { name: string; scope: string }[] }) =>
  collector
    .spans()
    .filter(({ scope }) => ['rootspan/custom', 'rootspan/document'].includes(scope))
    .map(({ name }) => name)
    .sort();

test('a page that navigates away as it starts loses nothing', async ({ page, site, collector }) => {
  // However late the next page is answered, this one is not loaded before.
  const image = '<img src="/api/pixel?hang=1">';
  site.serve('/', { tag: SLOW, body: `${WORK}${image}<script>location.href = '/next'</script>` });
  site.page('/next', '<!doctype html>next');
  await page.goto(site.origin).catch(() => {}); // interrupted by the other navigation

  await expect.poll(() => namesOf(collector)).toEqual(ALL);
  expect(only(collector.spans(), 'page_load /').attributes['rootspan.end_reason']).toBe('hidden');
});

test('a page that is left for another site loses nothing', async ({ page, site, collector }) => {
  site.serve('/', { tag: SLOW, body: WORK });
  await page.goto(site.origin, { waitUntil: 'commit' });
  await page.waitForFunction(() => typeof rootspan === 'function' && rootspan('stats').recorded >= 3);
  await page.goto('about:blank');

  await expect.poll(() => namesOf(collector)).toEqual(ALL);
});

for (const runBeforeUnload of [false, true]) {
  test(`a tab closed ${runBeforeUnload ? 'by its user' : 'by force'} loses nothing`, async ({
    page,
    site,
    collector,
  }) => {
    site.serve('/', { tag: SLOW, body: WORK });
    await page.goto(site.origin);
    await page.close({ runBeforeUnload });

    await expect.poll(() => namesOf(collector)).toEqual(ALL);
  });
}

test('a page that is hidden has sent all that has ended', async ({ page, site, collector }) => {
  await without(page, 'long-animation-frame', 'longtask');
  site.serve('/', { tag: SLOW, body: WORK });
  await page.goto(site.origin);
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });

  await expect.poll(() => namesOf(collector)).toEqual(ALL);
  await expect.poll(() => page.evaluate(() => rootspan('stats').waiting)).toBe(0);
});

test('a page hidden, shown, hidden and closed sends each span once', async ({ page, site, collector }) => {
  site.serve('/', { tag: SLOW, body: WORK });
  await page.goto(site.origin);
  await page.evaluate(() => {
    for (const state of ['hidden', 'visible', 'hidden']) {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      rootspan('span', `after ${state}`, () => {});
    }
  });
  await page.close();

  const expected = [...ALL, 'after hidden', 'after hidden', 'after visible'].sort();
  await expect.poll(() => namesOf(collector)).toEqual(expected);
});

test('the hidden page view is in the trace of its requests and vitals', async ({ page, site, collector }) => {
  site.serve('/', { tag: SLOW, body: "<p>Some text</p><script>fetch('/api/done')</script>" });
  await page.goto(site.origin);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.close();

  const root = await collector.waitForSpan(named('page_load /'));
  expect(isChildOf(await collector.waitForSpan(named('GET /api/done')), root)).toBe(true);
  expect(isChildOf(await collector.waitForSpan(named('web-vitals')), root)).toBe(true);
});

test('of 400 spans made just before leaving at least 95 % arrive', async ({ page, site, collector }) => {
  site.serve('/', { tag: SLOW });
  await page.goto(site.origin);
  await page.evaluate(async () => {
    for (let number = 0; number < 400; number++) {
      rootspan('span', `step ${number}`, { attributes: { 'shop.text': 'x'.repeat(60) } }, () => {});
      if (number % 4 === 3) await new Promise(requestAnimationFrame);
    }
    // What the machine itself has held up.
    while (rootspan('stats').waiting > 50) await new Promise(requestAnimationFrame);
    // Not before this call has returned.
    setTimeout(() => location.assign('about:blank'));
  });

  const steps = () => collector.spans().filter(({ name }) => name.startsWith('step')).length;
  await expect.poll(steps).toBeGreaterThanOrEqual(380);
});

test('a batch that is under way when the page is left is not sent again', async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', { tag: SLOW });
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('span', 'under way', () => {});
    void rootspan('flush');
    location.href = 'about:blank';
  });

  await page.waitForURL('about:blank');
  // The two may overtake each other.
  await collector.waitForSpan(named('under way'));
  await collector.waitForSpan(named('web-vitals'));
  expect(collector.spans().filter(named('under way'))).toHaveLength(1);
});

test('a batch under way is not sent again either when the page hears first that it is left', async ({
  page,
  site,
  collector,
}) => {
  // Chromium fails the request between the two listeners.
  site.serve('/', { tag: SLOW, head: '<script>addEventListener("pagehide", () => {}, true)</script>' });
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('span', 'under way', () => {});
    void rootspan('flush');
    location.href = 'about:blank';
  });

  await page.waitForURL('about:blank');
  // The two may overtake each other.
  await collector.waitForSpan(named('under way'));
  await collector.waitForSpan(named('web-vitals'));
  expect(collector.spans().filter(named('under way'))).toHaveLength(1);
});

test("the page's own beacon still fits when it is left with 30 spans waiting", async ({
  page,
  site,
  collector,
}) => {
  site.serve('/', {
    tag: SLOW,
    body: `<script>
      addEventListener('pagehide', () => {
        localStorage.beacon = navigator.sendBeacon('/api/beacon', 'x'.repeat(32 * 1024 - 200));
      });
    </script>`,
  });
  await page.goto(site.origin);
  await page.evaluate(() => {
    for (let number = 0; number < 30; number++) rootspan('span', `step ${number}`, () => {});
  });
  site.page('/next', '<!doctype html>next');
  await page.goto(`${site.origin}/next`);

  expect(await page.evaluate(() => localStorage.beacon)).toBe('true');
  const steps = () => collector.spans().filter(({ name }) => name.startsWith('step')).length;
  await expect.poll(steps).toBe(30);
});

test('no listener for unload or beforeunload is ever added', async ({ page, open }) => {
  await page.addInitScript(() => {
    const native = EventTarget.prototype.addEventListener;
    const types = new Set<string>();
    EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: [string, null]) {
      types.add(args[0]);
      return native.apply(this, args);
    };
    Object.assign(window, { types });
  });
  await open('/');

  const types = await page.evaluate(() => [...(window as unknown as { types: Set<string> }).types]);
  expect(types).toEqual(expect.arrayContaining(['pagehide', 'visibilitychange']));
  expect(types.filter((type) => /unload/.test(type))).toEqual([]);
});
