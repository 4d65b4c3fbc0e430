import { has } from '../support/engines.js';
import { clickMeasured, measured } from './support/entries.js';
import { expect, test } from './support/fixtures.js';
import { buildLibrary } from './support/library.js';
import { named } from './support/spans.js';
import './support/window.js';

declare const library: typeof import('../../src/vitals-attribution.js');

const BODY = `
  <div id="banner"></div>
  <main><img src="/hero.svg?token=s3cretS3cretS3cret" width="600" height="400"></main>
  <button id="work" class="primary">Work</button>
  <script>
    document.getElementById('work').addEventListener('click', () => {
      const end = performance.now() + 60;
      while (performance.now() < end);
      document.body.append('worked');
    });
    // Pushes the image down when it has been painted.
    new PerformanceObserver((list, observer) => {
      if (!list.getEntries().some(({ element }) => element?.localName === 'img')) return;
      observer.disconnect();
      document.getElementById('banner').style.height = '80px';
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  </script>`;

/** An image of few bytes for its size is none that counts as content. */
const IMAGE = `<svg xmlns="http://www.w3.org/2000/svg"><rect width="600" height="400" fill="#07c"/><!--${'x'.repeat(5000)}--></svg>`;

const TAG = '<script src="/rootspan-full.js" data-flush-interval="100"></script>';
const MODULE = `<script src="/library.js"></script><script>library.start({ flushInterval: 100 })</script>`;

for (const [way, head] of [
  ['the full script', TAG],
  ['the entry of the package', MODULE],
] as const) {
  test(`with ${way} each vital says its element and its parts`, async ({ page, site, collector }) => {
    site.page('/hero.svg', IMAGE, { 'Content-Type': 'image/svg+xml' });
    site.page('/library.js', await buildLibrary('vitals-attribution'), { 'Content-Type': 'text/javascript' });
    site.page('/', `<!doctype html>${head}${BODY}`);
    await page.goto(site.origin);
    await page.waitForFunction(() => document.getElementById('banner')?.style.height);
    // Before the click, which would excuse it.
    if (has('Layout Instability')) await measured(page, 'layout-shift');
    await clickMeasured(page, '#work');
    await page.goto('about:blank');

    const span = await collector.waitForSpan(named('web-vitals'));
    const partsOf = (name: string) => {
      const event = span.events.find(({ attributes }) => attributes['browser.web_vital.name'] === name);
      const own = Object.entries(event?.attributes ?? {}).filter(([key]) => key.startsWith('rootspan.'));
      return Object.fromEntries(
        own.map(([key, value]) => [key.replace(/^rootspan\.(web_vital\.)?/, ''), value]),
      );
    };
    const number = expect.any(Number);
    expect(partsOf('ttfb')).toEqual({
      waiting_ms: number,
      cache_ms: number,
      dns_ms: number,
      connection_ms: number,
      request_ms: number,
    });
    expect(partsOf('fcp')).toMatchObject({ first_byte_ms: number, first_byte_to_paint_ms: number });
    const { url, target, ...parts } = partsOf('lcp');
    expect([url, target]).toEqual([`${site.origin}/hero.svg?token=REDACTED`, 'html>body>main>img']);
    expect(parts).toEqual({
      first_byte_ms: number,
      resource_delay_ms: number,
      resource_load_ms: number,
      render_delay_ms: number,
    });
    expect(partsOf('inp')).toMatchObject({
      target: '#work',
      interaction_type: 'pointer',
      input_delay_ms: number,
      processing_ms: number,
      presentation_delay_ms: number,
      load_state: 'complete',
    });
    if (!has('Layout Instability')) return;
    expect(partsOf('cls')).toMatchObject({
      target: expect.stringMatching(/main|#work/),
      largest_shift: number,
    });
  });
}
