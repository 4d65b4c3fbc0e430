import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startOtlpSink } from './otlp-sink.mjs';
import { startServices } from './start.mjs';

export const SERVICES = ['shop-api', 'orders', 'payments'];

const PAGES = {
  'index.html': '<html><head><!--traceparent--></head>__OTLP_ENDPOINT__</html>',
  'plain.html': '<html><head></head>plain</html>',
  'shop.js': 'js',
};

const writePages = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'shop-'));
  for (const [name, content] of Object.entries(PAGES)) await writeFile(join(directory, name), content);
  return directory;
};

/** The services with a few pages and a collector of their own; `logs` are their lines so far, parsed. */
export const startShop = async () => {
  const staticDir = await writePages();
  const sink = await startOtlpSink();
  const logs = [];
  const services = await startServices({
    otlpEndpoint: sink.url,
    otlpProtocol: 'http/json',
    staticDir,
    onLog: (line) => logs.push(JSON.parse(line)),
  });
  const stop = async () => {
    await services.stop();
    await sink.stop();
    await rm(staticDir, { recursive: true });
  };
  return {
    sink,
    logs,
    stop,
    port: services.ports['shop-api'],
    databaseUrl: services.databaseUrl,
    ...createCaller(services.url),
    ...createTraces(sink),
    ...createDatabase(services),
  };
};

const createCaller = (baseUrl) => {
  const call = async (path, { payload, flags = '01' } = {}) => {
    const trace = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
    const response = await fetch(`${baseUrl}${path}`, {
      method: payload === undefined ? 'GET' : 'POST',
      headers: {
        traceparent: `00-${trace.traceId}-${trace.spanId}-${flags}`,
        'content-type': 'application/json',
      },
      body: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
    return { trace, status: response.status, headers: response.headers, body: await response.text() };
  };
  const checkOut = (card, items = [{ productId: '1001', quantity: 2 }]) =>
    call('/api/checkout', { payload: { items, card } });
  return { call, checkOut };
};

const createTraces = (sink) => {
  /** All spans of a call: the caller's own child is there, and no span lacks its parent. */
  const traceOf = ({ traceId, spanId }, services = ['shop-api']) =>
    sink.untilTrace(traceId, (spans) => {
      const ids = new Set([spanId, ...spans.map((span) => span.spanId)]);
      const served = services.every((service) => serverSpan(spans, service));
      return served && spans.every((span) => ids.has(span.parentSpanId));
    });
  return { traceOf, checkoutTraceOf: (trace) => traceOf(trace, SERVICES) };
};

const createDatabase = ({ databaseUrl }) => {
  const query = async (statement) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query(statement).finally(() => client.end());
    return rows;
  };
  return { query };
};

export const serverSpan = (spans, service) =>
  spans.find((span) => span.service === service && span.kind === 'server');

export const clientSpan = (spans, service) =>
  spans.find((span) => span.service === service && span.scope === 'instrumentation-undici');

export const queries = (spans, service) =>
  spans.filter((span) => span.service === service && span.scope === 'instrumentation-pg');
