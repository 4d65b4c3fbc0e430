import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_ARGS, requireChromium } from '../support/chromium.mjs';
import { needs } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

test('page views of a tab are linked, each to the one before it', async ({ page, open, site, collector }) => {
  await open('/first');
  await page.evaluate(() => history.pushState({}, '', '/second'));
  await collector.waitForSpan(named('route_change /second'));
  site.serve('/third');
  await page.goto(`${site.origin}/third`);
  await collector.waitForSpan(named('page_load /third'));

  const views = ['page_load /first', 'route_change /second', 'page_load /third'].map((name) =>
    only(collector.spans(), name),
  );
  expect(views.map(({ links }) => links.map(({ spanId, attributes }) => [spanId, attributes]))).toEqual([
    [],
    [[views[0]?.spanId, { 'rootspan.link': 'previous' }]],
    [[views[1]?.spanId, { 'rootspan.link': 'previous' }]],
  ]);
});

test('what another script has left in the tab’s storage is no page view', async ({
  page,
  open,
  collector,
  site,
}) => {
  site.page('/poison', '<script>sessionStorage["rootspan-page-view"] = "x".repeat(48)</script>');
  await page.goto(`${site.origin}/poison`);
  await open('/');

  expect(only(collector.spans(), 'page_load /').links).toEqual([]);
});

test('a navigation that the page intercepts lasts until its handler is done', async ({ open, collector }) => {
  const page = await open('/', {
    body: `<a href="/orders/7">Order</a><script>
      navigation.addEventListener('navigate', (event) => event.intercept({
        handler: async () => {
          await fetch('/api/order');
          await new Promise((resolve) => setTimeout(resolve, 400));
        },
      }));
    </script>`,
  });
  await page.click('a');
  const route = await collector.waitForSpan(named('route_change /orders/:id'));

  expect(isChildOf(await collector.waitForSpan(named('GET /api/order')), route)).toBe(true);
  expect(route.endTime - route.startTime).toBeGreaterThanOrEqual(400);
  expect(route.attributes['rootspan.end_reason']).toBe('quiet');
});

test('a page load tells how the page was come to', async ({ open, collector, site }) => {
  // Or it would come back out of the back/forward cache.
  const page = await open('/', { head: `<script>addEventListener('unload', () => {})</script>` });
  await page.reload();
  await expect.poll(() => collector.spans().filter(named('page_load /')).length).toBe(2);
  site.serve('/next');
  await page.goto(`${site.origin}/next`);
  await page.goBack();
  await expect.poll(() => collector.spans().filter(named('page_load /')).length).toBe(3);

  const types = collector
    .spans()
    .filter(named('page_load /'))
    .map(({ attributes }) => attributes['rootspan.page_view.navigation_type']);
  expect(types).toEqual(['navigate', 'reload', 'back_forward']);
});

test('a page that was loaded ahead tells nothing before it is seen, and begins then', async ({
  site,
  collector,
}) => {
  needs('Prerendering');
  site.serve('/ahead', {
    body: `<script>
      fetch('/api/loaded?' + document.prerendering).then(() => localStorage.setItem('loaded', 'yes'));
      history.replaceState({}, '', '/ahead/step');
      document.addEventListener('prerenderingchange', () => fetch('/api/seen'));
    </script>`,
  });
  site.serve('/', {
    body: `<script type="speculationrules">{"prerender":[{"urls":["/ahead"],"eagerness":"immediate"}]}</script>
      <script>
        const ask = () => fetch('/gate').then(({ ok }) => { if (ok) location.href = '/ahead'; else setTimeout(ask, 50); });
        addEventListener('storage', ({ key }) => { if (key === 'loaded') fetch('/api/go?delay=500').then(ask); });
      </script>`,
  });
  // Playwright stops pages that are loaded ahead: a browser that nobody looks into.
  const stop = await openBrowser(`${site.origin}/`);
  const { url } = await site.waitForRequest('/api/loaded');
  expect(url).toContain('true');
  await collector.waitForSpan(named('GET /api/go'));
  expect(collector.spans().filter(named('GET /api/loaded'))).toEqual([]);
  const { endTime: leftAt } = only(collector.spans(), 'GET /api/go');
  // It stays until this is there.
  site.page('/gate', '');
  const load = await collector.waitForSpan(named('page_load /ahead/step'));
  const seen = await collector.waitForSpan(named('GET /api/seen'));
  const loaded = await collector.waitForSpan(named('GET /api/loaded'));
  await stop();

  // The request was made before, and is told only now.
  expect(loaded.startTime).toBeLessThan(leftAt);
  expect(loaded.attributes['rootspan.page_view.id']).toBeUndefined();
  expect(load.startTime).toBeGreaterThanOrEqual(leftAt);
  expect(load.attributes['rootspan.page_view.navigation_type']).toBe('prerender');
  expect(load.attributes['rootspan.page_view.hidden_ms']).toBeUndefined();
  expect(isChildOf(seen, load)).toBe(true);
});

/** A browser of its own that opens one address. */
const openBrowser = async (url: string): Promise<() => Promise<void>> => {
  const profile = await mkdtemp(join(tmpdir(), 'rootspan-profile-'));
  const path = await requireChromium();
  const browser = spawn(path, [...CHROMIUM_ARGS, '--headless', `--user-data-dir=${profile}`, url]);
  const ended = once(browser, 'exit');
  return async () => {
    browser.kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
};
