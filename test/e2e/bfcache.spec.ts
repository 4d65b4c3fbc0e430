import { needs } from '../support/engines.js';
import { expect, test, WITH_BACK_FORWARD_CACHE } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

test.use(WITH_BACK_FORWARD_CACHE);

test('a page with the agent enters the back/forward cache and goes on tracing when it is back', async ({
  page,
  open,
  site,
  collector,
}) => {
  site.page(
    '/next',
    '<!doctype html><script>addEventListener("load", () => setTimeout(() => history.back(), 100))</script>',
  );
  // Playwright cannot look into a restored page: the page itself tells.
  const tell = "addEventListener('pageshow', ({ persisted }) => persisted && fetch('/api/restored'))";
  await open('/', { body: `<script>${tell}</script>` });
  await page.evaluate(() => {
    rootspan('span', 'before', () => {});
    location.href = '/next';
  });

  await site.waitForRequest('/api/restored');
  await collector.waitForSpan(named('before'));
  await collector.waitForSpan(named('GET /api/restored'));
  expect(collector.spans().filter(named('page_load /'))).toHaveLength(1);
});

const BACK =
  '<!doctype html><script>addEventListener("load", () => setTimeout(() => history.back(), 100))</script>';
const TELL = `addEventListener('pageshow', ({ persisted }) => {
  fetch('/api/shown?' + persisted);
  // Behind web-vitals, which waits for two frames.
  if (persisted) requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => fetch('/api/painted'))));
});`;

test('a page that comes back is a page view of its own, with its own vitals', async ({
  page,
  open,
  site,
  collector,
}) => {
  site.page('/next', BACK);
  const server =
    '<meta name="traceparent" content="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01">';
  await open('/orders/7', { head: server, body: `<p>Text</p><script>${TELL}</script>` });
  await page.evaluate(() => {
    location.href = '/next';
  });

  const restore = await collector.waitForSpan(named('page_restore /orders/:id'));
  const request = await collector.waitForSpan(
    ({ name, startTime }) => name === 'GET /api/shown' && startTime >= restore.startTime,
  );
  await site.waitForRequest('/api/painted');
  await page.close();
  const vitals = await collector.waitForSpan(
    (span) => span.name === 'web-vitals' && span.traceId === restore.traceId,
  );

  const load = only(collector.spans(), 'page_load /orders/:id');
  expect(isChildOf(request, restore)).toBe(true);
  // The server's trace is that of the load alone.
  expect(load.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(restore.traceId).not.toBe(load.traceId);
  expect(restore.parentSpanId).toBeUndefined();
  expect(restore.links.map(({ spanId }) => spanId)).toEqual([load.spanId]);
  expect(restore.attributes['rootspan.page_view.type']).toBe('restore');
  expect(vitals.events[0]?.attributes['browser.web_vital.navigation_type']).toBe('back-forward-cache');
  expect(vitals.attributes).toHaveProperty(['rootspan.web_vital.fcp']);
  // Nothing was loaded.
  expect(vitals.attributes['rootspan.web_vital.ttfb']).toBe(0);
});

test('a page that is left while it sends what an earlier one has stored comes back out of the cache', async ({
  page,
  site,
  collector,
}) => {
  // The next page has the agent too: Chromium drops a cached page that holds a lock when another one wants it.
  site.serve('/next', { body: BACK.replace('100', '1000') });
  site.serve('/', { body: `<script>${TELL}</script>` });
  await page.goto(`${site.origin}/favicon.ico`);
  await page.evaluate(() => {
    localStorage[`rootspan.unsent1.Spans.${Date.now()}.1.a`] = '{"resourceSpans":[]}';
  });
  collector.answer({ when: 'released' });
  await page.goto(site.origin);
  await expect
    .poll(() => {
      const isUnderWay = collector.requests().at(-1)?.body === '{"resourceSpans":[]}';
      // The page's own spans are taken; what was stored is not answered.
      if (!isUnderWay) collector.release();
      return isUnderWay;
    })
    .toBe(true);
  await page.evaluate(() => {
    setTimeout(() => {
      location.href = '/next';
    }, 300);
  });

  await site.waitForRequest('/api/shown?true');
  collector.release();
});

test('a page that could not come back says why', async ({ page, open, site, collector }) => {
  needs('notRestoredReasons');
  site.page('/next', BACK);
  site.page('/opened', '<!doctype html>');
  await open('/', { body: `<button onclick="window.open('/opened')">Open</button>` });
  await page.click('button');
  await page.evaluate(() => {
    location.href = '/next';
  });

  await expect.poll(() => collector.spans().filter(named('page_load /')).length).toBe(2);
  const second = collector.spans().filter(named('page_load /'))[1];
  expect(second?.attributes['rootspan.page_view.not_restored_reasons']).toContain(
    'non-trivial-browsing-context-group',
  );
});
