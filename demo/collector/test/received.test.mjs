import { gzipSync } from 'node:zlib';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { tracing } from '@opentelemetry/sdk-node';
import { expect, test } from 'vitest';
import { encodeTraceRequest } from '../../../test/conformance/proto/otlp-proto.mjs';
import {
  BASE_MS,
  eachWithCollector,
  hex,
  keyValues,
  nanos,
  PROTOBUF_TYPE,
  post,
  query,
  request,
  send,
  span,
  traceIdOf,
  traceIds,
} from './support.mjs';

eachWithCollector();

test('a JSON span comes back with all it had', async () => {
  const full = span({
    kind: 3,
    at: 0.25,
    length: 12.5,
    name: 'GET /api/orders/:id',
    attributes: {
      'http.response.status_code': 500,
      'url.template': '/api/orders/:id',
      ratio: 0.5,
      ok: false,
    },
    status: { code: 2, message: 'declined' },
    events: [
      { name: 'exception', timeUnixNano: nanos(3), attributes: keyValues({ 'exception.type': 'Error' }) },
    ],
    links: [{ traceId: traceIdOf(9), spanId: hex(9, 16), attributes: keyValues({ why: 'same visit' }) }],
    droppedAttributesCount: 1,
    droppedEventsCount: 2,
    droppedLinksCount: 3,
  });

  expect(await send([full])).toEqual({ partialSuccess: {} });

  const { spans } = await query(`traces/${traceIdOf(1)}`);
  expect(spans).toEqual([
    {
      traceId: traceIdOf(1),
      spanId: hex(1, 16),
      parentSpanId: null,
      name: 'GET /api/orders/:id',
      kind: 3,
      service: 'shop',
      scope: 'fetch',
      startTime: BASE_MS + 0.25,
      endTime: BASE_MS + 12.75,
      durationMs: 12.5,
      status: { code: 2, message: 'declined' },
      attributes: {
        'http.response.status_code': 500,
        'url.template': '/api/orders/:id',
        ratio: 0.5,
        ok: false,
      },
      resource: { 'service.name': 'shop', 'telemetry.sdk.name': 'rootspan' },
      events: [{ name: 'exception', time: BASE_MS + 3, attributes: { 'exception.type': 'Error' } }],
      links: [{ traceId: traceIdOf(9), spanId: hex(9, 16), name: null, attributes: { why: 'same visit' } }],
      linkedFrom: [],
      dropped: { attributes: 1, events: 2, links: 3 },
    },
  ]);
});

test('protobuf stores the same as JSON, and is answered in protobuf', async () => {
  const spans = (trace) => [
    span({
      trace,
      attributes: { text: 'ä', count: 7, ratio: 0.5 },
      events: [{ name: 'e', timeUnixNano: nanos(1) }],
    }),
    span({ trace, id: 2, parent: 1, at: 1, status: { code: 2 } }),
  ];
  await send(spans(1));

  const response = await post(encodeTraceRequest(request(spans(2))), { 'Content-Type': PROTOBUF_TYPE });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(PROTOBUF_TYPE);
  const [json, protobuf] = await Promise.all([1, 2].map((trace) => query(`traces/${traceIdOf(trace)}`)));
  expect(protobuf.spans.map((one) => ({ ...one, traceId: traceIdOf(1) }))).toEqual(json.spans);
  expect(protobuf.spans).toHaveLength(2);
});

test('what the OpenTelemetry SDK for Node sends is read', async () => {
  const exporter = new tracing.InMemorySpanExporter();
  const provider = new tracing.BasicTracerProvider({
    spanProcessors: [new tracing.SimpleSpanProcessor(exporter)],
  });
  provider
    .getTracer('pg')
    .startSpan('SELECT orders', { attributes: { 'db.system.name': 'postgresql' } })
    .end();
  await provider.forceFlush();
  const [ended] = exporter.getFinishedSpans();

  const response = await post(ProtobufTraceSerializer.serializeRequest([ended]), {
    'Content-Type': PROTOBUF_TYPE,
  });

  expect(response.status).toBe(200);
  const { spans } = await query(`traces/${ended.spanContext().traceId}`);
  expect(spans[0]).toMatchObject({
    spanId: ended.spanContext().spanId,
    name: 'SELECT orders',
    scope: 'pg',
    attributes: { 'db.system.name': 'postgresql' },
  });
});

test('gzip is unpacked, in both encodings', async () => {
  const gzipped = { 'Content-Encoding': 'gzip' };

  const json = await post(gzipSync(JSON.stringify(request([span({ trace: 1 })]))), gzipped);
  const protobuf = await post(gzipSync(encodeTraceRequest(request([span({ trace: 2 })]))), {
    ...gzipped,
    'Content-Type': PROTOBUF_TYPE,
  });

  expect([json.status, protobuf.status]).toEqual([200, 200]);
  expect((await query('stats')).spans).toBe(2);
});

test('every kind of value survives', async () => {
  const values = {
    big: [{ intValue: '9223372036854775807' }, '9223372036854775807'],
    small: [{ intValue: 42 }, 42],
    nan: [{ doubleValue: 'NaN' }, 'NaN'],
    bytes: [{ bytesValue: 'AAEC' }, 'AAEC'],
    list: [{ arrayValue: { values: [{ stringValue: 'a' }, {}] } }, ['a', null]],
    map: [{ kvlistValue: { values: [{ key: 'k', value: { boolValue: true } }] } }, { k: true }],
    empty: [{ stringValue: '' }, ''],
    nothing: [{}, null],
    hostile: [{ stringValue: '\u0000\u2028"\\\ud83d' }, '\u0000\u2028"\\\ufffd'],
  };
  const attributes = Object.entries(values).map(([key, [value]]) => ({ key, value }));

  await send([{ ...span({}), attributes, name: 'a\u0000b' }]);

  const { spans } = await query(`traces/${traceIdOf(1)}`);
  expect(spans[0].attributes).toEqual(
    Object.fromEntries(Object.entries(values).map(([key, [, value]]) => [key, value])),
  );
  expect(spans[0].name).toBe('a\u0000b');
  expect(await traceIds('q=nothing')).toHaveLength(1);
});

test('log records belong to their trace', async () => {
  const record = {
    timeUnixNano: nanos(5),
    severityNumber: 17,
    severityText: 'ERROR',
    body: { stringValue: 'card declined' },
    eventName: 'payment.declined',
    traceId: traceIdOf(1),
    spanId: hex(2, 16),
    attributes: keyValues({ order: 12 }),
  };
  const resource = { attributes: keyValues({ 'service.name': 'payments' }) };
  await send([span({})]);

  const body = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] };
  const response = await post(JSON.stringify(body), {}, '/v1/logs');

  expect(await response.json()).toEqual({ partialSuccess: {} });
  expect((await query(`traces/${traceIdOf(1)}`)).logs).toEqual([
    {
      time: BASE_MS + 5,
      severity: 17,
      severityText: 'ERROR',
      body: 'card declined',
      service: 'payments',
      spanId: hex(2, 16),
      attributes: { order: 12 },
      eventName: 'payment.declined',
    },
  ]);
});

test('an empty request is a success', async () => {
  expect(await (await post('{}')).json()).toEqual({ partialSuccess: {} });
  expect((await post(new Uint8Array(), { 'Content-Type': PROTOBUF_TYPE })).status).toBe(200);
});
