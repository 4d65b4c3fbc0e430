import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';

const TAG = '<script src="/rootspan.js" data-flush-interval="100" data-service-name="own"></script>';
const ELSEWHERE = 'https://elsewhere.test';

/** What a sanitizer lets into a page: elements with names of the document's, of the window's, and of ours. */
const CLOBBERS: Record<string, string> = {
  'document.currentScript': `<img name="currentScript" data-endpoint="${ELSEWHERE}" data-service-name="theirs">`,
  'document.visibilityState': '<img name="visibilityState">',
  'document.cookie and document.documentElement': '<img name="cookie"><img name="documentElement">',
  ...Object.fromEntries(
    ['baseURI', 'querySelector', 'readyState', 'prerendering', 'getElementById', 'addEventListener'].map(
      (name) => [`document.${name}`, `<img name="${name}">`],
    ),
  ),
  'what zone.js keeps of the window':
    '<img id="__zone_symbol__fetch"><img id="__zone_symbol__setTimeout"><img name="__zone_symbol__addEventListener">',
  'what the browser may not have':
    '<form id="AsyncContext"><input name="Variable"></form><img id="fetchLater"><img id="Zone"><img id="ReportingObserver">',
  'rootspan.early by a form': '<form id="rootspan"><input name="early"></form>',
  'rootspan.early by a list': '<form id="rootspan"><input name="early"><input name="early"></form>',
  'rootspan.early by a choice':
    '<form id="rootspan"><select name="early"><option><option><option></select></form>',
  'rootspan by a frame': '<iframe name="rootspan" srcdoc="<p id=early>"></iframe>',
  "rootspan by another site's frame": '<iframe name="rootspan" sandbox srcdoc="<p>"></iframe>',
};

for (const [name, elements] of Object.entries(CLOBBERS)) {
  test(`an element in the place of ${name} is no obstacle`, async ({ page, site, collector }) => {
    site.page('/', `<!doctype html><body>${elements}${TAG}`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(site.origin);

    const { resource } = await collector.waitForSpan(named('page_load /'));
    await page.evaluate(() => fetch('/api/later'));
    await collector.waitForSpan(named('GET /api/later'));
    expect(resource['service.name']).toBe('own');
    expect(asked.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
  });
}

test('what stands on Object.prototype is no option', async ({ page, site, collector, messages }) => {
  const pollute = `<script>
    Object.assign(Object.prototype, {
      endpoint: 'https://evil.invalid', sampleRate: 0, debug: true, logs: true, compression: 'none', consent: 'denied',
      storage: 'memory', headers: { 'x-evil': '1' }, mode: 'no-cors', redirect: 'error', integrity: 'sha256-AAAA',
    });
  </script>`;
  site.serve('/', { tag: { 'service-name': 'shop' }, head: pollute });
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('span', 'done', () => {}));

  await collector.waitForSpan(named('done'));
  const [request] = collector.requests();
  expect(request?.headers['x-evil']).toBeUndefined();
  expect(await page.evaluate(() => Object.keys(localStorage))).toContain('rootspan.session');
  expect(messages).toEqual([]);
});
