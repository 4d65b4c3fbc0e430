import type { Page } from 'playwright/test';
import { expect, type Site, test } from './support/fixtures.js';
import { switchGpcOn } from './support/gpc.js';
import { buildLibrary } from './support/library.js';
import { named } from './support/spans.js';
import './support/window.js';

// One build for all.
test.describe.configure({ mode: 'default' });
let script: string;
test.beforeAll(async () => {
  script = await buildLibrary('index');
});

/** Serves a page with the agent of the npm package; `config` is JavaScript. */
const serve = (site: Site, config = '') => {
  site.page('/library.js', script, { 'Content-Type': 'text/javascript' });
  const start = `library.start({ flushInterval: 100, attributes: library.visitorId(), ${config} })`;
  site.page('/', `<!doctype html><script src="/library.js"></script><script>var agent = ${start}</script>`);
};

const stored = (page: Page) => page.evaluate(() => localStorage.getItem('rootspan-visitor'));
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/;

test('a visitor has one random id, on every span, over sessions and tabs', async ({
  page,
  context,
  site,
  collector,
}) => {
  serve(site);
  await page.goto(site.origin);
  await page.evaluate(() => agent.span('first', () => {}));
  await page.evaluate(() => localStorage.removeItem('rootspan.session'));
  const second = await context.newPage();
  await second.goto(site.origin);
  await second.evaluate(() => agent.span('second', () => {}));

  const spans = [await collector.waitForSpan(named('first')), await collector.waitForSpan(named('second'))];
  const [id, again] = spans.map(({ attributes }) => attributes['enduser.pseudo.id']);
  expect(id).toMatch(UUID);
  expect(again).toBe(id);
  const sessions = spans.map(({ attributes }) => attributes['session.id']);
  expect(sessions[0]).not.toBe(sessions[1]);
  expect(collector.spans().filter(({ attributes }) => attributes['enduser.pseudo.id'] !== id)).toEqual([]);
});

for (const [what, value] of [
  ['older than 13 months', () => `11111111-2222-4333-8444-555555555555 ${Date.now() - 396 * 86_400_000}`],
  ['of a far future', () => `11111111-2222-4333-8444-555555555555 ${Date.now() + 396 * 86_400_000}`],
  ['of another form', () => '11111111 <script>'],
] as const) {
  test(`an id that is ${what} is replaced`, async ({ page, site, collector }) => {
    site.page('/before', '<!doctype html>');
    await page.goto(`${site.origin}/before`);
    await page.evaluate((text) => localStorage.setItem('rootspan-visitor', text), value());
    serve(site);
    await page.goto(site.origin);
    await page.evaluate(() => agent.span('one', () => {}));

    const { attributes } = await collector.waitForSpan(named('one'));
    expect(attributes['enduser.pseudo.id']).toMatch(UUID);
    expect(attributes['enduser.pseudo.id']).not.toMatch(/^1{8}/);
    expect(await stored(page)).toContain(`${attributes['enduser.pseudo.id']} `);
  });
}

test('it waits for consent as all that is stored, and goes with it', async ({ page, site, collector }) => {
  serve(site, "consent: 'pending'");
  await page.goto(site.origin);
  await page.evaluate(() => agent.span('before', () => {}));
  expect(await stored(page)).toBeNull();

  await page.evaluate(() => agent.setConsent('granted'));
  await page.evaluate(() => agent.span('after', () => {}));
  const before = await collector.waitForSpan(named('before'));
  const after = await collector.waitForSpan(named('after'));
  expect(after.attributes['enduser.pseudo.id']).toBe(before.attributes['enduser.pseudo.id']);
  expect(await stored(page)).toContain(`${before.attributes['enduser.pseudo.id']} `);

  await page.evaluate(() => {
    agent.setConsent('denied');
    agent.span('denied', () => {});
  });
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test('an unsampled session has none', async ({ page, site }) => {
  serve(site, 'sampleRate: 0');
  await page.goto(site.origin);
  await page.evaluate(() => agent.span('one', () => {}));

  expect(await stored(page)).toBeNull();
});

test('with Global Privacy Control no span has it, and nothing is stored', async ({
  page,
  site,
  collector,
}) => {
  await switchGpcOn(page);
  serve(site);
  await page.goto(site.origin);
  await page.evaluate(() => agent.span('one', () => {}));

  expect((await collector.waitForSpan(named('one'))).attributes).not.toHaveProperty('enduser.pseudo.id');
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});
