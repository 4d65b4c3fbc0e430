import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startServices } from '../../demo/services/start.mjs';
import type { Span, SpanRecord } from '../../src/types.js';
import { documented, type RealCollector, startCollector } from './support/collector.js';
import { freePort } from './support/process.js';
import { type Site, startSite } from './support/site.js';
import { startZipkin, type Zipkin, type ZipkinSpan } from './support/zipkin.js';

let site: Site;
let zipkin: Zipkin;
beforeAll(async () => {
  [site, zipkin] = await Promise.all([startSite(), startZipkin()]);
});
afterAll(async () => {
  await site?.stop();
  await zipkin?.stop();
});

const startJoined = async (allowedOrigin: string): Promise<RealCollector> => {
  const exporter = documented('zipkin:').replace('https://zipkin.example.com/api/v2/spans', zipkin.endpoint);
  const more = `${exporter}\nservice: { pipelines: { traces: { processors: [memory_limiter], exporters: [zipkin, file/traces] } } }`;
  const collector = await startCollector({ allowedOrigin, more });
  onTestFinished(() => collector.stop());
  return collector;
};

const KINDS: Record<number, string> = { 2: 'SERVER', 3: 'CLIENT', 4: 'PRODUCER' };

/** What a trace is made of in Zipkin's words. Its names are lower case. */
const shapeOf = (spans: ZipkinSpan[]) =>
  spans.map(({ traceId, id, parentId, name, kind }) => ({ traceId, id, parentId, name, kind })).sort(byId);
const shapeOfRecords = (spans: SpanRecord[]) =>
  spans
    .map(({ traceId, spanId, parentSpanId, name, kind }) => ({
      ...{ traceId, id: spanId, parentId: parentSpanId, name: name.toLowerCase(), kind: KINDS[kind] },
    }))
    .sort(byId);
const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1);

test('Zipkin shows each trace as the page recorded it', async () => {
  const collector = await startJoined(site.origin);
  site.serve('/', `endpoint: '${collector.origin}', serviceName: 'shop-web'`);
  const { page, leave } = await site.visit('/');
  await page.evaluate(async () => {
    await (await fetch('/api/orders/12?status=500')).text();
    agent.span('check out', (span) => {
      span.addEvent('paid', { amount: 12.5 });
      agent.span('sum up', () => {});
    });
    history.pushState({}, '', '/cart');
    await (await fetch('/api/cart')).text();
  });
  const recorded = await leave();

  const traceIds = [...new Set(recorded.map(({ traceId }) => traceId))];
  expect(traceIds.length).toBeGreaterThan(1);
  for (const traceId of traceIds) {
    const mine = recorded.filter((span) => span.traceId === traceId);
    const spans = await zipkin.trace(traceId, ({ length }) => length >= mine.length);
    expect(shapeOf(spans)).toEqual(shapeOfRecords(mine));
    expect(spans.map(({ localEndpoint }) => localEndpoint?.serviceName)).toEqual(mine.map(() => 'shop-web'));
  }
});

const PAGE = `<!doctype html><html><head><title>Shop</title>
<script src="/rootspan.js" data-service-name="shop-web" data-endpoint="__OTLP_ENDPOINT__" data-flush-interval="100"></script>
</head><body><h1>Shop</h1></body></html>`;

/** The demo's services with a page of ours; they and the page send to the same collector. */
const startShop = async () => {
  const staticDir = await mkdtemp(join(tmpdir(), 'rootspan-shop-'));
  onTestFinished(() => rm(staticDir, { recursive: true }));
  await writeFile(join(staticDir, 'index.html'), PAGE);
  await cp(fileURLToPath(new URL('../../dist/rootspan.js', import.meta.url)), join(staticDir, 'rootspan.js'));
  const port = await freePort();
  const collector = await startJoined(`http://127.0.0.1:${port}`);
  const services = await startServices({ port, otlpEndpoint: collector.origin, staticDir, onLog: () => {} });
  onTestFinished(() => services.stop());
  return services.url;
};

test('Zipkin shows a click, its request, three services and their database as one trace', async () => {
  const { page, leave } = await site.visit('/', await startShop());

  const traceId = await page.evaluate(() =>
    rootspan('span', 'buy', { parent: null }, async (span: Span) => {
      const body = JSON.stringify({ items: [{ productId: '1001', quantity: 2 }], card: '4242424242424242' });
      await fetch('/api/checkout', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      return span.spanContext().traceId;
    }),
  );
  await leave();

  const servicesOf = (spans: ZipkinSpan[]) =>
    new Set(spans.map(({ localEndpoint }) => localEndpoint?.serviceName));
  const isJoined = (spans: ZipkinSpan[]) =>
    spans.every(({ parentId }) => !parentId || spans.some(({ id }) => id === parentId));
  const spans = await zipkin.trace(`${traceId}`, (all) => servicesOf(all).size === 4 && isJoined(all));
  expect(servicesOf(spans)).toEqual(new Set(['shop-web', 'shop-api', 'orders', 'payments']));
  expect(spans.filter(({ parentId }) => !parentId).map(({ name }) => name)).toEqual(['buy']);
  const queries = spans.filter(({ tags }) => tags?.['db.query.text']);
  expect(new Set(queries.map(({ localEndpoint }) => localEndpoint?.serviceName))).toEqual(
    new Set(['shop-api', 'orders', 'payments']),
  );
});
