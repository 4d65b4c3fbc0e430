import { expect, take, test } from './support/fixtures.js';
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

/** A line of its own, a colour of the terminal, an end of the record, and letters that split lines elsewhere. */
const FORGED =
  'paid\r\n2026-01-01 ERROR admin\t\u001b[31mred\u001b[0m\u0000\u0085\u2028"}},{"body":{"stringValue":"forged"}},\\';

test('what looks like the end of a record stays within its text', async ({ open, collector, messages }) => {
  const page = await open('/', { tag: { logs: '' } });
  await page.evaluate((text) => {
    console.error(text);
    rootspan('log', 'error', text, { note: text });
    setTimeout(() => {
      throw new Error(text);
    });
  }, FORGED);
  await take(messages, 2);

  await expect.poll(() => collector.logs().filter(({ severity }) => severity === 17).length).toBe(3);
  const told = collector.logs().map(({ body, attributes }) => body ?? attributes['exception.message']);
  expect(told.filter((text) => `${text}`.includes('forged'))).toEqual([FORGED, FORGED, FORGED]);
  expect(collector.logs().flatMap(({ attributes }) => attributes.note ?? [])).toEqual([FORGED]);
  const { events } = await collector.waitForSpan(named('exception'));
  expect(events.map(({ attributes }) => attributes['exception.message'])).toEqual([FORGED]);
  // Whoever prints a body as it is prints one line.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  expect(collector.requests().filter(({ body }) => /[\u0000-\u001f]/.test(body))).toEqual([]);
});

test('baggage that is poisoned or too long is one legal header of a bounded length', async ({
  page,
  site,
  collector,
}) => {
  const names = Array.from({ length: 200 }, (_, index) => `k${index}`);
  const tag = `data-flush-interval="100" data-propagators="w3c baggage(${names.join(', ')})"`;
  site.page('/', `<!doctype html><script src="/rootspan-full.js" ${tag}></script>`);
  await page.goto(site.origin);
  const send = async (url: string, values: Record<string, string>) => {
    await page.evaluate(
      ([path, entries]) => {
        rootspan('setBaggage', entries);
        return fetch(path);
      },
      [url, values] as const,
    );
    await collector.waitForSpan(named(`GET ${url}`));
    return site.requests(url)[0]?.headers ?? {};
  };
  const each = (value: string) => Object.fromEntries(names.map((name) => [name, value]));

  const poison = 'v,k=1;p="\\\r\nx-evil: 1\r\n\r\n\u0000é\ud800';
  const poisoned = await send('/api/poisoned', { k0: poison, k1: 'x'.repeat(9000), k2: 'last' });
  expect(poisoned['x-evil']).toBeUndefined();
  expect(poisoned.baggage).toMatch(/^k0=[\w%.!~*'()-]+,k2=last$/);
  expect(decodeURIComponent(`${poisoned.baggage}`)).toContain(poison.replace('\ud800', '\ufffd'));

  const many = await send('/api/many', each('v'));
  expect(`${many.baggage}`.split(',')).toEqual(names.slice(0, 180).map((name) => `${name}=v`));

  const long = await send('/api/long', each('é'.repeat(100)));
  const members = `${long.baggage}`.split(',');
  expect(`${long.baggage}`.length).toBeLessThanOrEqual(8192);
  expect(members).toEqual(names.slice(0, members.length).map((name) => `${name}=${'%C3%A9'.repeat(100)}`));
});
