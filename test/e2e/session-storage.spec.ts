import type { BrowserContext, Page } from 'playwright/test';
import { expect, type Site, test } from './support/fixtures.js';
import { buildLibrary } from './support/library.js';
import { named } from './support/spans.js';
import './support/window.js';

// One build for all.
test.describe.configure({ mode: 'default' });
let script: string;
test.beforeAll(async () => {
  script = await buildLibrary('index');
});

/** Serves a page at `path` with the agent of the npm package; both are JavaScript. */
const serve = (site: Site, storage: string, config = '', path = '/') => {
  site.page('/library.js', script, { 'Content-Type': 'text/javascript' });
  const start = `library.start({ flushInterval: 100, session: { storage: ${storage} }, ${config} })`;
  site.page(path, `<!doctype html><script src="/library.js"></script><script>var agent = ${start}</script>`);
};

const sessionOf = (page: Page) => page.evaluate(() => agent.session()?.id);
const keysOf = (page: Page) =>
  page.evaluate(() => [localStorage, sessionStorage].map((area) => Object.keys(area).sort()));
const cookiesOf = async (context: BrowserContext) =>
  (await context.cookies()).map(({ value: _, expires, ...facts }) => {
    const hours = (expires - Date.now() / 1000) / 3600;
    return { ...facts, isOfHours: hours > 3 && hours < 4.1 };
  });

const COOKIE = {
  name: 'rootspan.session',
  path: '/',
  httpOnly: false,
  secure: false,
  sameSite: 'Lax',
  isOfHours: true,
};
/** Hosts that the browser itself leads to this machine, at the port of the site. */
const hostsOf = (site: Site, ...hosts: string[]) =>
  hosts.map((host) => `http://${host}:${new URL(site.origin).port}/`) as [string, string];

test('one cookie holds the session of all tabs and ports of a host', async ({
  page,
  context,
  site,
  collector,
}) => {
  serve(site, 'library.cookieStorage()');
  await page.goto(site.origin);
  const id = await sessionOf(page);
  const second = await context.newPage();
  await second.goto(site.otherOrigin);
  await page.reload();

  expect([await sessionOf(page), await sessionOf(second)]).toEqual([id, id]);
  expect(await cookiesOf(context)).toEqual([{ ...COOKIE, domain: new URL(site.origin).hostname }]);
  expect((await keysOf(page))[0]).toEqual([]);
  await expect.poll(() => collector.spans().filter(named('page_load /'))).toHaveLength(3);
  const ids = collector.spans().map(({ attributes }) => attributes['session.id']);
  expect(new Set(ids)).toEqual(new Set([id]));
});

test('with a domain its hosts share the session, and a host of another does not', async ({
  page,
  context,
  site,
}) => {
  serve(site, "library.cookieStorage({ domain: 'shop.localhost' })");
  const [own, sister] = hostsOf(site, 'www.shop.localhost', 'pay.shop.localhost');
  await page.goto(own);
  const id = await sessionOf(page);
  await page.goto(sister);

  expect(await sessionOf(page)).toBe(id);
  expect(await cookiesOf(context)).toEqual([{ ...COOKIE, domain: '.shop.localhost' }]);
  const [stranger] = hostsOf(site, 'www.bank.localhost');
  await page.goto(stranger);
  expect(await sessionOf(page)).not.toBe(id);
});

test('in a frame of another site the cookie is partitioned', async ({ page, context, site }) => {
  serve(site, 'library.cookieStorage()', '', '/framed');
  const [outer, framed] = hostsOf(site, 'shop.localhost', 'localhost');
  site.page('/', `<!doctype html><iframe src="${framed}framed"></iframe>`);
  const read = async () => {
    const frame = page.frame({ url: `${framed}framed` });
    return frame?.evaluate(() => agent.session()?.id);
  };
  await page.goto(outer);
  const id = await read();
  expect(id).toMatch(/^[\da-f-]{36}$/);
  await page.reload();

  expect(await read()).toBe(id);
  expect(await context.cookies()).toMatchObject([
    { name: 'rootspan.session', domain: 'localhost', secure: true, sameSite: 'None' },
  ]);
});

const JUNK = ['%', 'null', '%7B%22id%22%3A5%7D', '"quoted"'];

test('anything else in the place of the cookie counts as none', async ({ page, context, site }) => {
  serve(site, 'library.cookieStorage()');
  const ids: (string | undefined)[] = [];
  for (const value of JUNK) {
    await context.addCookies([{ name: 'rootspan.session', value, url: site.origin }]);
    await page.goto(site.origin);
    ids.push(await sessionOf(page), await sessionOf(page));
  }

  expect(new Set(ids).size).toBe(JUNK.length);
  expect(ids.every((id) => /^[\da-f-]{36}$/.test(`${id}`))).toBe(true);
});

test('before consent there is no cookie, with it there is, and denial removes it', async ({
  page,
  context,
  site,
}) => {
  serve(site, 'library.cookieStorage()', "consent: 'pending'");
  await page.goto(site.origin);
  const id = await sessionOf(page);
  await page.click('html');
  expect(await context.cookies()).toEqual([]);

  await page.evaluate(() => agent.setConsent('granted'));
  expect(await context.cookies()).toMatchObject([{ name: 'rootspan.session' }]);
  expect((await context.cookies())[0]?.value).toContain(id);

  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: one of the page's own
    document.cookie = 'theirs=1';
    agent.setConsent('denied');
  });
  expect((await context.cookies()).map(({ name }) => name)).toEqual(['theirs']);
});

for (const [reason, config, init] of [
  ['denied consent', "consent: 'denied'", ''],
  ['Global Privacy Control', '', "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })"],
] as const) {
  test(`a cookie of an earlier page is removed by ${reason}`, async ({ page, context, site }) => {
    serve(site, "library.cookieStorage({ domain: 'shop.localhost' })");
    const [own] = hostsOf(site, 'www.shop.localhost');
    await page.goto(own);
    expect(await context.cookies()).toHaveLength(1);
    await page.addInitScript(init);
    serve(site, "library.cookieStorage({ domain: 'shop.localhost' })", config);
    await page.reload();

    expect(await context.cookies()).toEqual([]);
    expect(await keysOf(page)).toEqual([[], []]);
  });
}

test('a session of sessionStorage lasts over reloads, in its tab alone', async ({ page, context, site }) => {
  serve(site, "'session'");
  await page.goto(site.origin);
  const id = await sessionOf(page);
  await page.reload();
  const second = await context.newPage();
  await second.goto(site.origin);

  expect(await sessionOf(page)).toBe(id);
  expect(await sessionOf(second)).not.toBe(id);
  expect(await keysOf(page)).toEqual([[], ['rootspan-page-view', 'rootspan.session']]);
  expect(await context.cookies()).toEqual([]);
});

test('a session in memory is that of the page, and is stored nowhere', async ({ page, context, site }) => {
  serve(site, "'memory'");
  await page.goto(site.origin);
  const id = await sessionOf(page);
  await page.click('html');
  expect(await sessionOf(page)).toBe(id);
  // What waited for consent is not stored by it either.
  await page.evaluate(() => agent.setConsent('granted'));
  expect(await keysOf(page)).toEqual([[], ['rootspan-page-view']]);
  expect(await context.cookies()).toEqual([]);

  await page.reload();
  expect(await sessionOf(page)).not.toBe(id);
});
