import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollector } from './collector/start.mjs';
import { ancestorsOf, createReader, parentOf, until } from './support/read-traces.mjs';
import { isRunning, startDemo } from './support/start-demo.mjs';

const SIGNALS = 'Every signal of a page';
const SERVICES = ['shop-api', 'orders', 'payments'];
const CLIENT = 3;
const SERVER = 2;
const ERROR = 2;

let data;
let demo;
let read;
let expectAnswer;
let expectSpans;
let expectVisit;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'rootspan-demo-'));
  demo = await startDemo(['--drive', '--data', data]);
  ({ read, expectAnswer, expectSpans, expectVisit } = createReader(demo));
  await demo.says(/Done in/);
});

afterAll(async () => {
  await demo?.stop();
  await rm(data, { recursive: true, force: true });
});

test('all seven visitors come through', () => {
  expect(demo.output().match(/^ +\d {2}.*/gm)).toHaveLength(7);
  expect(demo.output()).not.toContain('FAILED');
});

test('one trace leads from the click to the database: browser, three services, SQL', async () => {
  await expectSpans('Checkout, browser to database', (spans) => {
    const insert = spans.find(({ name }) => name === 'INSERT shop.payments');
    const path = [insert, ...ancestorsOf(spans, insert)];
    expect(path.map(({ service, kind }) => [service, kind])).toEqual([
      ['payments', CLIENT],
      ['payments', SERVER],
      ['orders', CLIENT],
      ['orders', SERVER],
      ['shop-api', CLIENT],
      ['shop-api', SERVER],
      ['shop-web', CLIENT],
      ['shop-web', 1],
      ['shop-web', 1],
    ]);
    expect(path.at(-1).name).toBe('click Pay €…');
  });
});

test("the checkout's SQL hangs on the server span of each of three services", async () => {
  await expectSpans('Checkout, browser to database', (spans) => {
    const queries = spans.filter(({ attributes }) => attributes['db.query.text']);
    expect([...new Set(queries.map(({ service }) => service))].sort()).toEqual([...SERVICES].sort());
    for (const query of queries) {
      expect(query).toMatchObject({ kind: CLIENT, attributes: { 'db.system.name': 'postgresql' } });
      expect(parentOf(spans, query)).toMatchObject({ kind: SERVER, service: query.service });
    }
  });
});

test('every span of the checkout but the first has its parent in the trace', async () => {
  await expectSpans('Checkout, browser to database', (spans) => {
    expect(spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['place order', 'UPDATE shop.orders', 'INSERT shop.payments']),
    );
    const withoutParent = spans.filter((span) => !parentOf(spans, span)).map(({ name }) => name);
    expect(withoutParent).toEqual(['click Pay €…']);
  });
});

test('a declined payment is an error from the database to the browser', async () => {
  await expectSpans('Declined, an error all the way', (spans) => {
    const insert = spans.find(({ name }) => name === 'INSERT shop.payments');
    // The click itself has not failed.
    const path = [insert, ...ancestorsOf(spans, insert)].slice(0, -1);
    expect(path.map(({ status }) => status.code)).toEqual(path.map(() => ERROR));
    expect(path.at(-2)).toMatchObject({
      service: 'shop-web',
      name: 'POST /api/checkout',
      attributes: { 'http.response.status_code': 402 },
    });
    expect(path[1].events.map(({ name }) => name)).toContain('exception');
  });
});

test("the page load is in the server's trace, and its vitals are with it", async () => {
  await expectSpans("Page load, in the server's trace", (spans) => {
    const load = spans.find(({ name }) => name === 'page_load /');
    expect(parentOf(spans, load)).toMatchObject({ service: 'shop-api', kind: SERVER });
    const vitals = spans.find(({ name }) => name === 'web-vitals');
    expect(parentOf(spans, vitals)).toBe(load);
    expect(vitals.attributes['rootspan.web_vital.lcp']).toBeGreaterThan(0);
  });
});

test('the errors of the broken page are in its trace', async () => {
  await expectSpans('Errors of the page', (spans) => {
    const messages = spans
      .flatMap(({ events }) => events)
      .filter(({ name }) => name === 'exception')
      .map(({ attributes }) => attributes['exception.message']);
    expect(messages.sort()).toEqual([
      expect.stringMatching(/^Cannot read properties of undefined/),
      'The ribbon supplier did not answer',
    ]);
  });
});

test('an error of a click is in the list', async () => {
  await expectAnswer('errors', ({ errors }) => {
    const thrown = errors.find(({ message }) => message === 'The gift card has no ribbon');
    expect(thrown).toMatchObject({ service: 'shop-web' });
  });
});

test('each signal of the page of signals is stored, on a span of its own kind', async () => {
  await expectVisit(SIGNALS, ({ spans }) => {
    const find = (name) => spans.find((span) => span.name === name)?.attributes;
    // Of several clicks on one thing the first has a span as well when it was slow.
    const has = (name, mark) => spans.some((span) => span.name === name && span.attributes[mark] === true);
    expect(has('click Click three times, in rage', 'rootspan.interaction.rage')).toBe(true);
    expect(has('click Click what is dead', 'rootspan.interaction.dead')).toBe(true);
    // The slow click: its mark may come too late for its span on a busy machine, the long frame and the INP do not.
    const frames = spans.filter(({ name }) => name === 'long_frame');
    expect(frames.some((frame) => frame.attributes['rootspan.long_frame.blocking_ms'] > 250)).toBe(true);
    expect(find('deprecation')['rootspan.report.id']).toContain('XMLHttpRequest');
    expect(find('img /api/signals/large.svg')['http.response.body.size']).toBeGreaterThan(1_000_000);
    expect(find('POST /api/signals/beacon')).toMatchObject({ 'http.request.body.size': 13 });
    expect(find('WebSocket /api/signals/echo')).toMatchObject({
      'rootspan.connection.sent': 1,
      'rootspan.connection.received': 1,
      'rootspan.connection.close_code': 1000,
    });
    expect(find('EventSource /api/signals/events')).toMatchObject({ 'rootspan.connection.received': 3 });
    expect(find('web-vitals')['rootspan.web_vital.inp']).toBeGreaterThan(200);
  });
});

test('requests that were aborted, lost and timed out are told apart', async () => {
  await expectVisit(SIGNALS, ({ spans }) => {
    const ends = spans
      .filter(({ name, service }) => service === 'shop-web' && /signals\/(silence|hang-up)/.test(name))
      .map(({ scope, status, attributes }) => [
        scope,
        status.code === ERROR,
        attributes['error.type'] ?? (attributes['rootspan.aborted'] && 'aborted'),
      ]);
    expect(ends).toEqual(
      expect.arrayContaining([
        ['rootspan/fetch', false, 'aborted'],
        ['rootspan/fetch', true, 'TypeError'],
        ['rootspan/fetch', true, 'timeout'],
        ['rootspan/xhr', true, 'timeout'],
      ]),
    );
  });
});

test('the errors of the page of signals are in the list, whoever told of them', async () => {
  await expectAnswer('errors?q=signals', ({ errors }) => {
    const told = errors.map(({ type, message }) => `${type}: ${message.replace(/http:\/\/[\d.:]+/, '')}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'RangeError: The bread knife is too short',
        'Error: The miller did not answer',
        'ResourceError: img /pictures/missing.png',
        'SecurityPolicyViolation: frame-src (enforce): https://advertisement.example/',
        'Error: Script error.',
      ]),
    );
  });
});

test("the shop's own spans hold together, and its log records are on them", async () => {
  await expectVisit(SIGNALS, ({ spans, logs }) => {
    const selects = spans.filter(({ name }) => name === 'SELECT shop.products');
    expect(selects.map((select) => ancestorsOf(spans, select).map(({ name }) => name))).toContainEqual([
      'GET /api/products/:id',
      'GET /api/products/:id',
      'knead',
      'bake bread',
      'click Bake in a span',
    ]);
    const spanOf = ({ spanId }) => spans.find((span) => span.spanId === spanId)?.name;
    const lines = logs.filter(({ body }) => body).map((log) => [log.severity, spanOf(log)]);
    expect(lines.sort()).toEqual([
      [17, 'look into the oven'],
      [9, 'take the bread out'],
    ]);
  });
});

test('pages and requests have templates for names, not ids', async () => {
  const { names } = await read('facets');

  // The script of another origin has that in its name, port and all.
  const withoutPort = names.map(({ value }) => value.replace(/localhost:\d+/, ''));
  const withId = withoutPort.filter((name) => /\d{3}|[\da-f]{8}-/.test(name));
  expect(withId).toEqual([]);
});

test('the visitor who is not sampled has left nothing', async () => {
  expect(demo.output()).toContain('Nothing was sent: 0 requests to the collector, 0 trace headers.');
  await expectAnswer('sessions', ({ sessions }) => expect(sessions).toHaveLength(6));
});

test('the list of traces reads as a visitor would name them', async () => {
  const traceId = demo.traceId("Page load, in the server's trace");

  await expectAnswer('traces?limit=500', ({ traces }) => {
    const roots = new Map(traces.map((trace) => [trace.traceId, trace.rootName]));
    expect(roots.get(traceId)).toBe('page_load /');
    expect([...roots.values()]).toContain('page_load /products/:id');
  });
});

// The last ones, as they end the demo.
test('a signal stops everything: exit code 0, nothing on standard error, no process left', async () => {
  const processes = demo.descendants();
  // Database and three services.
  expect(processes.length).toBeGreaterThanOrEqual(4);

  const code = await demo.stop('SIGTERM');

  expect({ code, complaints: demo.complaints() }).toEqual({ code: 0, complaints: '' });
  expect(processes.filter(isRunning)).toEqual([]);
});

test('a second start finds the traces of the first, and Ctrl-C ends it as well', async () => {
  const traceId = demo.traceId('Checkout, browser to database');
  demo = await startDemo(['--data', data]);

  expect(await createReader(demo).read(`traces/${traceId}`)).toMatchObject({ traceId });

  expect(await demo.stop('SIGINT')).toBe(0);
});

test('OTEL_EXPORTER_OTLP_ENDPOINT takes the place of the embedded collector, for services and pages', async () => {
  const collector = await startCollector();
  const elsewhere = join(data, 'elsewhere');
  demo = await startDemo(['--data', elsewhere], { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });

  const page = await (await fetch(`${demo.address('Shop')}/products/1001`)).text();
  expect(page).toContain(`"${collector.url}"`);
  const [, traceId] = /<meta name="traceparent" content="00-([\da-f]{32})-/.exec(page);
  await until(
    async () => (await fetch(`${collector.url}/api/traces/${traceId}`)).json(),
    ({ spans }) => expect(spans).toMatchObject([{ service: 'shop-api', kind: SERVER }]),
  );

  await demo.stop();
  await collector.stop();
  expect(demo.output()).not.toMatch(/^ +Viewer/m);
  expect(await readdir(elsewhere)).not.toContain('traces.duckdb');
});
