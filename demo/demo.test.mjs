import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startDemo } from './support/start-demo.mjs';

const CLIENT = 3;
const SERVER = 2;
const ERROR = 2;

let data;
let demo;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rootspan-demo-'));
  demo = await startDemo(['--drive', '--data', data]);
  await demo.says(/Done in/);
}, 180_000);

afterAll(async () => {
  await demo?.stop();
  await rm(data, { recursive: true, force: true });
});

const read = async (path) => (await fetch(`${demo.address('Viewer')}/api/${path}`)).json();

/** The spans of a trace, as soon as those with these names have arrived: the visitors have only just left. */
const spansOf = (label, ...names) =>
  vi.waitFor(
    async () => {
      const { spans } = await read(`traces/${demo.traceId(label)}`);
      expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
      return spans;
    },
    { timeout: 10_000, interval: 100 },
  );

const parentOf = (spans, span) => spans.find(({ spanId }) => spanId === span.parentSpanId);

const ancestorsOf = (spans, span) => {
  const parent = parentOf(spans, span);
  return parent ? [parent, ...ancestorsOf(spans, parent)] : [];
};

test('all six visitors come through', () => {
  expect(demo.output().match(/^ +\d {2}.*/gm)).toHaveLength(6);
  expect(demo.output()).not.toContain('FAILED');
});

test('one trace leads from the click to the database: browser, three services, SQL', async () => {
  const spans = await spansOf('Checkout, browser to database', 'place order', 'UPDATE shop.orders');

  const insert = spans.find(({ name }) => name === 'INSERT shop.payments');
  const path = [insert, ...ancestorsOf(spans, insert)].map(({ service, kind }) => [service, kind]);
  expect(path).toEqual([
    ['payments', CLIENT],
    ['payments', SERVER],
    ['orders', CLIENT],
    ['orders', SERVER],
    ['shop-api', CLIENT],
    ['shop-api', SERVER],
    ['shop-web', CLIENT],
    ['shop-web', 1],
  ]);
});

test('every span of the checkout but the first has its parent in the trace', async () => {
  const spans = await spansOf('Checkout, browser to database', 'place order', 'UPDATE shop.orders');

  const withoutParent = spans.filter((span) => !parentOf(spans, span)).map(({ name }) => name);
  expect(withoutParent).toEqual(['place order']);
});

test('a declined payment is an error from the database to the browser', async () => {
  const spans = await spansOf('Declined, an error all the way', 'place order', 'INSERT shop.payments');

  const insert = spans.find(({ name }) => name === 'INSERT shop.payments');
  const path = [insert, ...ancestorsOf(spans, insert)];
  expect(path.map(({ status }) => status.code)).toEqual(path.map(() => ERROR));
  expect(path.at(-2)).toMatchObject({
    service: 'shop-web',
    attributes: { 'http.response.status_code': 402 },
  });
  expect(path[1].events.map(({ name }) => name)).toContain('exception');
});

test("the page load is in the server's trace, and its vitals are with it", async () => {
  const spans = await spansOf("Page load, in the server's trace", 'GET /', 'page_load /', 'web-vitals');

  const load = spans.find(({ name }) => name === 'page_load /');
  expect(parentOf(spans, load)).toMatchObject({ service: 'shop-api', kind: SERVER });
  const vitals = spans.find(({ name }) => name === 'web-vitals');
  expect(parentOf(spans, vitals)).toBe(load);
  expect(vitals.attributes['rootspan.web_vital.lcp']).toBeGreaterThan(0);
});

test('the errors of the broken page are in its trace, that of the rendering among them', async () => {
  const spans = await spansOf('Errors of the page', 'exception', 'web-vitals');

  const messages = spans
    .flatMap(({ events }) => events)
    .filter(({ name }) => name === 'exception')
    .map(({ attributes }) => attributes['exception.message']);
  expect(messages.sort()).toEqual([
    expect.stringMatching(/^Cannot read properties of undefined/),
    'The gift card has no ribbon',
    'The ribbon supplier did not answer',
  ]);
});

test('pages and requests have templates for names, not ids', async () => {
  const { names } = await read('facets');

  const withId = names.map(({ value }) => value).filter((name) => /\d{3}|[\da-f]{8}-/.test(name));
  expect(withId).toEqual([]);
});

test('the visitor who is not sampled has left nothing', async () => {
  const { sessions } = await read('sessions');

  expect(demo.output()).toContain('Nothing was sent: 0 requests to the collector, 0 trace headers.');
  expect(sessions).toHaveLength(5);
});

// The last test, as it ends the demo.
test('a signal stops everything: exit code 0, nothing on standard error, no port left open', async () => {
  const addresses = [demo.address('Shop'), demo.address('Viewer')];

  const code = await demo.stop();

  expect({ code, complaints: demo.complaints() }).toEqual({ code: 0, complaints: '' });
  for (const address of addresses) await expect(fetch(address)).rejects.toThrow();
});
