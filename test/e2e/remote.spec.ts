import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Request } from 'playwright/test';
import { test as base, expect, type Site } from './support/fixtures.js';
import { buildLibrary } from './support/library.js';
import { named } from './support/spans.js';
import './support/window.js';

declare const library: typeof import('../../src/index.js');

interface Remote {
  url: string;
  /** What the next answers are. */
  answer: { status?: number; etag?: string; body: string };
  requests: { method: string | undefined; headers: IncomingHttpHeaders; status: number }[];
}

/** A file on another origin, which allows any origin, and no header. */
const test = base.extend<{ remote: Remote }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  remote: async ({}, use) => {
    const remote: Remote = { url: '', answer: { body: '' }, requests: [] };
    const server = createServer(({ method, headers }, response) => {
      const { status: given = 200, etag, body } = remote.answer;
      const isKnown = etag && headers['if-none-match'] === etag;
      const status = isKnown ? 304 : given;
      response.writeHead(status, { 'Access-Control-Allow-Origin': '*', ...(etag && { ETag: etag }) });
      response.end(isKnown ? undefined : body);
      remote.requests.push({ method, headers, status });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    remote.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rum.json`;
    await use(remote);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

// One build for all.
test.describe.configure({ mode: 'default' });
let script: string;
test.beforeAll(async () => {
  script = await buildLibrary('index');
});

const serve = (site: Site, { url }: Remote, config = '') => {
  site.page('/library.js', script, { 'Content-Type': 'text/javascript' });
  const sampler = `sampleRate: 1, sampler: library.remoteSampler('${url}')`;
  const options = `flushInterval: 100, propagateTo: '${new URL(url).origin}', ${sampler}, ${config}`;
  site.page(
    '/',
    `<!doctype html><script src="/library.js"></script><script>var agent = library.start({ ${options} })</script>`,
  );
};

const isRemote = (request: Request): boolean => request.url().endsWith('/rum.json');

/** The rate of a session that begins, once the page has read the answer; what is stored then. */
const visit = async (page: Page, site: Site): Promise<[rate: number | undefined, stored: string | null]> => {
  if (page.url() !== 'about:blank') await page.evaluate(() => localStorage.removeItem('rootspan.session'));
  const done = page.waitForEvent('requestfinished', isRemote);
  await page.goto(site.origin);
  await (await done).response();
  return page.evaluate(async () => {
    // Behind the page's own reading of an answer.
    await fetch('/api/later').then((response) => response.text());
    return [agent.session()?.sampleRate, localStorage.getItem('rootspan-remote')];
  });
};

test('the rate that was fetched counts from the next session on, without a span or a header', async ({
  page,
  site,
  remote,
  collector,
}) => {
  remote.answer = { body: '{"sampleRate":0.25}' };
  serve(site, remote);

  expect(await visit(page, site)).toEqual([1, '{"sampleRate":0.25}']);
  const again = page.waitForEvent('requestfinished', isRemote);
  await page.reload();
  await again;
  expect(await page.evaluate(() => agent.session()?.sampleRate)).toBe(1);
  remote.answer = { body: '{"strategyType":"PROBABILISTIC","probabilisticSampling":{"samplingRate":1}}' };
  expect(await visit(page, site)).toEqual([0.25, '{"sampleRate":1}']);
  expect((await visit(page, site))[0]).toBe(1);

  await page.goto('about:blank');
  await collector.waitForSpan(named('GET /api/later'));
  await expect.poll(() => collector.spans().filter(named('page_load /')).length).toBeGreaterThan(1);
  expect(JSON.stringify(collector.spans())).not.toContain('rum.json');
  expect(new Set(remote.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  expect(remote.requests.filter(({ headers }) => headers.traceparent || headers.cookie)).toEqual([]);
});

test('an answer that has not changed is not sent again, and keeps the rate', async ({
  page,
  site,
  remote,
}) => {
  remote.answer = { body: '{"sampleRate":0.5}', etag: '"one"' };
  serve(site, remote);

  await visit(page, site);
  expect(await visit(page, site)).toEqual([0.5, '{"sampleRate":0.5}']);
  expect(remote.requests.map(({ headers, status }) => [headers['if-none-match'], status])).toEqual([
    [undefined, 200],
    ['"one"', 304],
  ]);
});

test('a bad answer leaves the last good one', async ({ page, site, remote }) => {
  remote.answer = { body: '{"sampleRate":0.5}' };
  serve(site, remote);
  await visit(page, site);

  for (const answer of [
    { body: '<!doctype html>' },
    { body: '{"sampleRate":7}' },
    { body: '{"sampleRate":0}', status: 500 },
    { body: `{"sampleRate":0}${' '.repeat(20_000)}` },
  ]) {
    remote.answer = answer;
    expect(await visit(page, site)).toEqual([0.5, '{"sampleRate":0.5}']);
  }
  expect(remote.requests).toHaveLength(5);
});

test('it is asked for when consent is granted, once', async ({ page, site, remote }) => {
  remote.answer = { body: '{"sampleRate":0.5}' };
  serve(site, remote, "consent: 'pending'");
  await page.goto(site.origin);
  await page.evaluate(async () => {
    agent.setConsent('denied');
    await fetch('/api/later').then((response) => response.text());
  });
  expect(remote.requests).toEqual([]);

  await page.evaluate(() => {
    agent.setConsent('granted');
    agent.setConsent('granted');
  });
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('rootspan-remote')))
    .toBe('{"sampleRate":0.5}');
  expect(remote.requests).toHaveLength(1);
});
