import { CHROMIUM_ARGS, requireChromium } from '../support/chromium.mjs';
import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

// Playwright turns the back/forward cache off.
test.use({
  launchOptions: {
    executablePath: await requireChromium(),
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

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
