import { has, needs } from '../support/engines.js';
import { clickMeasured, measured } from './support/entries.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

const BODY = `
  <p>${'A paragraph that is large enough to be the largest of the page. '.repeat(20)}</p>
  <button id="work">Work</button>
  <a id="next" href="/next">Next</a>
  <main></main>
  <script>
    document.getElementById('work').addEventListener('click', () => {
      const end = performance.now() + 60;
      while (performance.now() < end);
      document.querySelector('main').textContent = 'worked';
    });
    document.getElementById('next').addEventListener('click', (event) => {
      event.preventDefault();
      history.pushState({}, '', '/next');
      document.querySelector('main').innerHTML = '<h2>The next page</h2><p>' + 'with new content '.repeat(60) + '</p>';
    });
  </script>`;

/** Those that the browser measures. */
const names = () =>
  ['cls', 'fcp', 'inp', 'lcp', 'ttfb'].filter((name) => name !== 'cls' || has('Layout Instability'));

test('a page load has one span with each vital of the browser once', async ({ open, collector }) => {
  const page = await open('/', { body: BODY });
  // Nothing is the largest after an input.
  await measured(page, 'largest-contentful-paint');
  await clickMeasured(page, '#work');
  await page.goto('about:blank');

  const span = await collector.waitForSpan(named('web-vitals'));
  const root = only(collector.spans(), 'page_load /');
  expect(isChildOf(span, root)).toBe(true);
  expect(span).toMatchObject({ scope: 'rootspan/vitals', startTime: root.startTime });
  expect(span.attributes['rootspan.page_view.id']).toBe(root.attributes['rootspan.page_view.id']);
  expect(span.events.map(({ name }) => name)).toEqual(names().map(() => 'browser.web_vital'));
  expect(span.events.map(({ attributes }) => attributes['browser.web_vital.name']).sort()).toEqual(names());
  for (const { attributes, time } of span.events) {
    const name = attributes['browser.web_vital.name'];
    expect(attributes).toEqual({
      'browser.web_vital.name': name,
      'browser.web_vital.value': span.attributes[`rootspan.web_vital.${name}`],
      'browser.web_vital.delta': attributes['browser.web_vital.value'],
      'browser.web_vital.id': expect.stringMatching(/^v\d+-/),
      'browser.web_vital.rating': expect.stringMatching(/^(good|needs-improvement|poor)$/),
      'browser.web_vital.navigation_type': 'navigate',
    });
    expect(time).toBeGreaterThanOrEqual(span.startTime);
    expect(time).toBeLessThanOrEqual(span.endTime);
  }
  expect(span.attributes['rootspan.web_vital.inp']).toBeGreaterThanOrEqual(56);
});

test('the vitals are delivered once when the page is hidden', async ({ open, collector, context }) => {
  const page = await open('/', { body: BODY });
  const other = await context.newPage();
  await other.bringToFront();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await collector.waitForSpan(named('web-vitals'));
  await page.close();
  await other.close();

  expect(collector.spans().filter(named('web-vitals'))).toHaveLength(1);
});

test('each route change has vitals of its own, in its trace', async ({ open, collector }) => {
  needs('Soft Navigations');
  const page = await open('/', { body: BODY });
  await page.click('#next');
  await page.waitForFunction(() => performance.getEntriesByType('soft-navigation').length > 0);
  await collector.waitForSpan(named('route_change /next'));
  await page.goto('about:blank');

  const route = only(collector.spans(), 'route_change /next');
  const load = only(collector.spans(), 'page_load /');
  const span = await collector.waitForSpan((one) => one.name === 'web-vitals' && isChildOf(one, route));
  const types = span.events.map(({ attributes }) => attributes['browser.web_vital.navigation_type']);
  const names = span.events.map(({ attributes }) => attributes['browser.web_vital.name']);
  expect([...new Set(types)]).toEqual(['soft-navigation']);
  expect(names).toEqual([...new Set(names)]);
  expect(names).toEqual(expect.arrayContaining(['lcp', 'cls']));
  expect(span.attributes['rootspan.page_view.id']).toBe(route.attributes['rootspan.page_view.id']);
  const first = await collector.waitForSpan((one) => one.name === 'web-vitals' && isChildOf(one, load));
  expect(
    new Set(first.events.map(({ attributes }) => attributes['browser.web_vital.navigation_type'])),
  ).toEqual(new Set(['navigate']));
});

test('a route change after the page was hidden for a while has vitals too', async ({ open, collector }) => {
  needs('Soft Navigations');
  const page = await open('/', { body: BODY });
  await page.evaluate(() => {
    const turn = (state: string) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    };
    turn('hidden');
    turn('visible');
    // From here on the browser's own word counts again.
    Reflect.deleteProperty(document, 'visibilityState');
  });
  await page.click('#next');
  await page.waitForFunction(() => performance.getEntriesByType('soft-navigation').length > 0);
  const route = await collector.waitForSpan(named('route_change /next'));
  await page.goto('about:blank');

  await collector.waitForSpan((one) => one.name === 'web-vitals' && isChildOf(one, route));
});
