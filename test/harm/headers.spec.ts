import { type Browser, expect, type Page, test } from 'playwright/test';
import type { PageServer } from '../support/page-server.js';
import { withServers } from './support/compare.js';
import { pageMarkup, serveScripts } from './support/run-page.js';
import { type SeenRequest, seenRequests, traceHeaders } from './support/server-view.js';

/** Makes the same request by `fetch`, by `fetch` of a Request and by XMLHttpRequest; failures are as good as answers. */
const requestThrice = (url: string): Promise<void> => {
  const settled = (make: () => Promise<unknown>) => new Promise((done) => done(make())).catch(() => {});
  const send = () =>
    new Promise((done) => {
      const xhr = new XMLHttpRequest();
      xhr.onloadend = done;
      xhr.open('GET', url);
      xhr.send();
    });
  return Promise.all([
    settled(() => fetch(url)),
    settled(() => fetch(new Request(url))),
    settled(() => fetch(url, { headers: [] })),
    settled(send),
  ]).then(() => {});
};

interface Plan {
  attributes?: string;
  head?: string;
}

/** A page with the agent; gives what the server got for the URL that `make` builds. */
const withAgent = (browser: Browser, plan: Plan, use: (server: PageServer, page: Page) => Promise<void>) =>
  withServers(async (server) => {
    serveScripts(server, {});
    const attributes = plan.attributes?.replaceAll('OTHER', server.otherOrigin);
    server.page(
      '/harm.html',
      pageMarkup({ group: 'headers', ...plan, ...(attributes ? { attributes } : {}) }),
    );
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${server.origin}/harm.html`);
    await use(server, page);
    await context.close();
  });

const ask = async (server: PageServer, page: Page, url: string, part: string): Promise<SeenRequest[]> => {
  server.clear();
  await page.evaluate(requestThrice, url);
  return seenRequests(server, part);
};

const expectNothing = (label: string, seen: SeenRequest[]): void => {
  expect(seen.length, `${label}: requests`).toBeGreaterThan(0);
  expect(seen.filter(({ method }) => method === 'OPTIONS').length, `${label}: preflights`).toBe(0);
  expect(seen.flatMap(traceHeaders), `${label}: trace headers`).toEqual([]);
};

const expectOneEach = (label: string, seen: SeenRequest[]): void => {
  expect(seen.length, `${label}: requests`).toBeGreaterThan(2);
  for (const request of seen.filter(({ method }) => method !== 'OPTIONS')) {
    expect(traceHeaders(request), label).toEqual([
      expect.stringMatching(/^traceparent: 00-[\da-f]{32}-[\da-f]{16}-01$/),
    ]);
  }
};

type Spelling = Record<string, (own: string, other: string) => string>;
const bare = (origin: string) => origin.replace('http:', '');

const FOREIGN: Spelling = {
  plain: (_, other) => `${other}/api/f`,
  'without scheme': (_, other) => `${bare(other)}/api/f`,
  'with backslashes': (_, other) => `${bare(other).replace('//', '\\\\')}\\api\\f`,
  'with a slash and a backslash': (_, other) => `${bare(other).replace('//', '/\\')}/api/f`,
  'with three slashes': (_, other) => `http:/${bare(other)}/api/f`,
  'scheme in capitals': (_, other) => `${other.replace('http', 'HTTP')}/api/f`,
  'with spaces and newlines around': (_, other) => `\n ${other}/api/f \t`,
  'with a tab in the scheme': (_, other) => `${other.replace('http', 'ht\ttp')}/api/f`,
  'same host, name instead of number': (own) => `${own.replace('127.0.0.1', 'localhost')}/api/f`,
  'name in capitals': (own) => `${own.replace('127.0.0.1', 'LOCALHOST')}/api/f`,
  'own origin in the query': (own, other) => `${other}/api/f?u=${own}`,
  'own origin in the fragment': (own, other) => `${other}/api/f#${own}`,
  'own origin in the path': (own, other) => `${other}/api/f/${own}`,
  'own host as a name before the host': (own, other) =>
    other.replace('//', `//${own.slice(7)}@`).concat('/api/f'),
  'the number written short': (_, other) => `${other.replace('127.0.0.1', '127.1')}/api/f`,
};

test('other origins see neither a preflight nor a trace header, however the URL is written', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    for (const [label, spell] of Object.entries(FOREIGN)) {
      const url = spell(server.origin, server.otherOrigin);
      expectNothing(label, await ask(server, page, url, '/api/f'));
    }
  }));

const OWN: Spelling = {
  absolute: (own) => `${own}/api/o`,
  path: () => '/api/o',
  relative: () => 'api/o',
  'with dots': () => './x/../api/o',
  'without scheme': (own) => `${bare(own)}/api/o`,
  'with backslashes': (own) => `${bare(own).replaceAll('/', '\\')}\\api\\o`,
  'scheme in capitals': (own) => `${own.replace('http', 'HTTP')}/api/o`,
  'the number written short': (own) => `${own.replace('127.0.0.1', '127.1')}/api/o`,
  'the number in hexadecimal': (own) => `${own.replace('127.0.0.1', '0x7f000001')}/api/o`,
  'with a fragment': () => '/api/o#part',
  'with another origin in the query': (_, other) => `/api/o?u=${other}`,
  'with spaces around': () => '  /api/o\n',
};

test('the own origin gets one traceparent, however the URL is written', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    for (const [label, spell] of Object.entries(OWN)) {
      const url = spell(server.origin, server.otherOrigin);
      expectOneEach(label, await ask(server, page, url, '/api/o'));
    }
  }));

test('a query alone is taken from the base address', ({ browser }) =>
  withAgent(browser, { head: '<base href="/api/base/">' }, async (server, page) => {
    expectOneEach('query', await ask(server, page, '?query', '/api/base/?query'));
  }));

test('a base element decides which origin a relative URL means', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    const base = (href: string) => pageMarkup({ group: 'headers', head: `<base href="${href}">` });
    server.page(
      '/foreign.html',
      base(`${server.otherOrigin}/api/`).replaceAll('/plan/', `${server.origin}/plan/`),
    );
    await page.goto(`${server.origin}/foreign.html`);
    expectNothing('relative', await ask(server, page, 'based', '/api/based'));
    expectNothing('path', await ask(server, page, '/api/based', '/api/based'));
    expectOneEach('absolute', await ask(server, page, `${server.origin}/api/based`, '/api/based'));

    server.page('/own.html', base('/api/deep/'));
    await page.goto(`${server.origin}/own.html`);
    expectOneEach('relative', await ask(server, page, 'based', '/api/deep/based'));
  }));

test('an allowed origin gets the header; one that looks like it does not', ({ browser }) =>
  withAgent(browser, { attributes: 'data-propagate-to="OTHER"' }, async (server, page) => {
    expectOneEach('allowed', await ask(server, page, `${server.otherOrigin}/api/a`, '/api/a'));
    expectOneEach('without scheme', await ask(server, page, `${bare(server.otherOrigin)}/api/a`, '/api/a'));
    expectNothing(
      'other name',
      await ask(server, page, `${server.otherOrigin.replace('127.0.0.1', 'localhost')}/api/a`, '/api/a'),
    );
  }));

test('an allowed port is no prefix of longer ports', ({ browser }) =>
  withServers(async (server) => {
    const shorter = server.otherOrigin.slice(0, -1);
    serveScripts(server, {});
    const markup = pageMarkup({
      group: 'headers',
      attributes: `data-propagate-to="${shorter} ${server.otherOrigin}0"`,
    });
    server.page('/harm.html', markup);
    const page = await browser.newPage();
    await page.goto(`${server.origin}/harm.html`);
    for (const query of ['', `?u=${shorter}`, `#${shorter}`, `/${shorter}`]) {
      expectNothing(query, await ask(server, page, `${server.otherOrigin}/api/p${query}`, '/api/p'));
    }
    await page.close();
  }));

test('an allowed path ends at a segment', ({ browser }) =>
  withAgent(browser, { attributes: 'data-propagate-to="OTHER/api/shop"' }, async (server, page) => {
    const at = (path: string) =>
      ask(server, page, `${server.otherOrigin}/api/${path}`, `/api/${path.split('?')[0]}`);
    expectOneEach('the path', await at('shop'));
    expectOneEach('below', await at('shop/items'));
    expectOneEach('with a query', await at('shop?item'));
    expectNothing('a longer name', await at('shops'));
    expectNothing('another path', await at('other?path=/api/shop'));
    expectNothing(
      'out of it by dots',
      await ask(server, page, `${server.otherOrigin}/api/shop/../out`, '/api/out'),
    );
  }));

test('what may never have the header does not, on the own origin too', ({ browser }) =>
  withAgent(
    browser,
    { attributes: 'data-propagate-to="OTHER" data-never-propagate-to="/api/login OTHER/api/login"' },
    async (server, page) => {
      expectNothing('own', await ask(server, page, '/api/login', '/api/login'));
      expectNothing('other', await ask(server, page, `${server.otherOrigin}/api/login`, '/api/login'));
      expectOneEach('the rest', await ask(server, page, '/api/rest', '/api/rest'));
    },
  ));

test('a session that is not kept sends no header and no span', ({ browser }) =>
  withServers(async (server, collector) => {
    serveScripts(server, {});
    server.page(
      '/harm.html',
      pageMarkup({ group: 'headers', attributes: 'data-sample-rate="0" data-flush-interval="20"' }),
    );
    const page = await browser.newPage();
    await page.goto(`${server.origin}/harm.html`);
    expectNothing('own origin', await ask(server, page, '/api/rate', '/api/rate'));
    await page.goto('about:blank');
    await page.waitForTimeout(200);
    expect(collector.requests()).toEqual([]);
    await page.close();
  }));

test('in a sandboxed frame nothing is of the own origin', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    server.page('/outer.html', `<!doctype html><iframe sandbox="allow-scripts" src="/harm.html"></iframe>`);
    await page.goto(`${server.origin}/outer.html`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState();
    server.clear();
    await frame?.evaluate(requestThrice, `${server.origin}/api/sandbox`);
    expectNothing('the URL that the frame was loaded from', seenRequests(server, '/api/sandbox'));
  }));

test('in a frame without a URL the own origin is that of its page', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    const markup = pageMarkup({ group: 'headers' }).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    server.page('/outer.html', `<!doctype html><iframe srcdoc="${markup}"></iframe>`);
    await page.goto(`${server.origin}/outer.html`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState();
    server.clear();
    await frame?.evaluate(requestThrice, `${server.origin}/api/srcdoc`);
    expectOneEach('srcdoc', seenRequests(server, '/api/srcdoc'));
  }));

for (const place of ['var origin', 'let origin', 'function origin() {} origin']) {
  test(`"${place}" of a script makes no other origin the own one`, ({ browser }) =>
    withAgent(browser, {}, async (server, page) => {
      const head = `<script>${place} = '${server.otherOrigin}'</script>`;
      server.page('/replaced.html', pageMarkup({ group: 'headers', head }));
      await page.goto(`${server.origin}/replaced.html`);
      expectNothing('other', await ask(server, page, `${server.otherOrigin}/api/f`, '/api/f'));
      expectOneEach('own', await ask(server, page, `${server.origin}/api/o`, '/api/o'));
    }));
}

test('the header fields stand in the order they have when a page sets the field itself', ({ browser }) =>
  withAgent(browser, {}, async (server, page) => {
    const names = (rawHeaders: string[] = []) => rawHeaders.filter((_, index) => index % 2 === 0);
    const call = (headers: Record<string, string>) =>
      fetch('/api/order', { method: 'POST', body: 'x', headers });
    await page.evaluate(call, { 'X-B': '1', Accept: 'text/page', 'X-A': '2' });
    await page.evaluate(call, { 'X-B': '1', Accept: 'text/page', 'X-A': '2', traceparent: 'own' });
    const [ours, own] = server.requests('/api/order').map(({ rawHeaders }) => names(rawHeaders));
    expect(ours).toEqual(own);
  }));
