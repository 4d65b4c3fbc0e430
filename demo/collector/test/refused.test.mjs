import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeTraceRequest, encodeTraceRequest } from '../../../test/conformance/proto/otlp-proto.mjs';
import { createApp } from '../app.mjs';
import { StoreFailed } from '../store/store.mjs';
import {
  current,
  eachWithCollector,
  JSON_TYPE,
  PROTOBUF_TYPE,
  post,
  protobufField,
  query,
  request,
  send,
  span,
} from './support.mjs';

eachWithCollector();

// No encoder writes this: request > resource spans > resource > attribute > value > array > value > array ...
const deepProtobuf = (levels) => {
  let bytes = Buffer.alloc(0);
  for (let level = 0; level < levels; level += 1) bytes = protobufField(0x2a, protobufField(0x0a, bytes));
  return [0x12, 0x0a, 0x0a, 0x0a].reduce((inner, tag) => protobufField(tag, inner), bytes);
};

const broken = {
  'cut JSON': '{"resourceSpans":[',
  'no object': '[]',
  'an object for a list': '{"resourceSpans":{}}',
  'a time with a fraction': JSON.stringify(request([{ ...span({}), startTimeUnixNano: '1.5' }])),
  'a negative time': JSON.stringify(request([{ ...span({}), endTimeUnixNano: '-1' }])),
  'the name of an enum': JSON.stringify(request([{ ...span({}), kind: 'SPAN_KIND_CLIENT' }])),
  'bare attributes': JSON.stringify(request([{ ...span({}), attributes: { a: 1 } }])),
  'bytes that are no UTF-8': Buffer.from([0x22, 0xff, 0x22]),
};

for (const [what, body] of Object.entries(broken)) {
  test(`${what} is answered with 400 and a reason`, async () => {
    const response = await post(body);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: 3, message: expect.stringMatching(/\w+/) });
    expect((await query('stats')).spans).toBe(0);
  });
}

test('broken protobuf and broken gzip are answered with 400', async () => {
  const protobuf = await post(Buffer.from([0x0a, 0xff, 0x01]), { 'Content-Type': PROTOBUF_TYPE });
  const gzip = await post(gzipSync('{}').subarray(0, 12), { 'Content-Encoding': 'gzip' });

  expect([protobuf.status, gzip.status]).toEqual([400, 400]);
  expect(protobuf.headers.get('content-type')).toBe(PROTOBUF_TYPE);
});

test('values nested too deeply are answered with 400, in both encodings', async () => {
  const [open, close] = ['{"arrayValue":{"values":[', ']}}'];
  const levels = 3000;
  const value = open.repeat(levels) + close.repeat(levels);
  const text = JSON.stringify(request([{ ...span({}), attributes: [{ key: 'deep', value: '?' }] }]));

  const json = await post(text.replace('"?"', value));
  const protobuf = await post(deepProtobuf(levels), { 'Content-Type': PROTOBUF_TYPE });

  expect([json.status, protobuf.status]).toEqual([400, 400]);
  expect((await json.json()).message).toContain('nested deeper than');
  expect((await post('{}')).status).toBe(200);
});

test('other content types and encodings are answered with 415', async () => {
  const text = await post('{}', { 'Content-Type': 'text/plain' });
  const brotli = await post('{}', { 'Content-Encoding': 'br' });

  expect([text.status, brotli.status]).toEqual([415, 415]);
  expect((await text.json()).message).toContain('application/json');
});

test('a gzip bomb is stopped at the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(128 * 1024 * 1024), { level: 1 });
  const before = process.memoryUsage().rss;

  const response = await post(bomb, { 'Content-Encoding': 'gzip' });

  expect(response.status).toBe(413);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
});

test('a body over the limit is answered with 413, its length told or not', async () => {
  const body = ' '.repeat(8 * 1024 * 1024 + 1);
  const chunks = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(body));
      controller.close();
    },
  });

  const told = await post(body);
  const untold = await fetch(`${current().url}/v1/traces`, {
    method: 'POST',
    body: chunks,
    duplex: 'half',
    headers: { 'Content-Type': JSON_TYPE },
  });

  expect([told.status, untold.status]).toEqual([413, 413]);
  expect((await post('{}')).status).toBe(200);
});

test('spans with bad ids are rejected and counted, the others kept', async () => {
  const answer = await send([
    span({ id: 1 }),
    { ...span({ id: 2 }), traceId: '0'.repeat(32) },
    { ...span({ id: 3 }), spanId: 'xyz' },
    { ...span({ id: 4 }), parentSpanId: '12' },
    { ...span({ id: 5 }), parentSpanId: '' },
  ]);

  expect(answer.partialSuccess.rejectedSpans).toBe('3');
  expect(answer.partialSuccess.errorMessage).toContain('traceId must be 32 hex digits');
  expect(await query('stats')).toMatchObject({ spans: 2, rejected: 3 });
});

test('a partial success in protobuf can be read by the official definitions', async () => {
  const good = encodeTraceRequest(request([span({})]));
  const bad = Buffer.from(encodeTraceRequest(request([{ ...span({}), spanId: '0000000000000001' }])));
  const id = bad.lastIndexOf(Buffer.from('0000000000000001', 'hex'));
  bad[id + 7] = 0;
  expect(decodeTraceRequest(bad)).not.toEqual(decodeTraceRequest(good));

  const response = await post(bad, { 'Content-Type': PROTOBUF_TYPE });

  const { default: root } = await import('otlp-proto/build/src/generated/root.js');
  const { ExportTraceServiceResponse } = root.opentelemetry.proto.collector.trace.v1;
  const answer = ExportTraceServiceResponse.decode(new Uint8Array(await response.arrayBuffer()));
  expect(Number(answer.partialSuccess.rejectedSpans)).toBe(1);
  expect(answer.partialSuccess.errorMessage).toContain('spanId');
});

test('a store that fails is answered with 503, and when to try again', async () => {
  const store = { write: () => Promise.reject(new StoreFailed('disk full')), read: () => [] };
  const app = createApp({ store, live: {}, allowedOrigins: '*', maxBytes: 1000 });

  const response = await app.request('/v1/traces', {
    method: 'POST',
    body: JSON.stringify(request([span({})])),
    headers: { 'Content-Type': JSON_TYPE },
  });

  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await response.json()).toEqual({ code: 14, message: 'disk full' });
});

test('other methods and signals are refused', async () => {
  expect((await fetch(`${current().url}/v1/traces`)).status).toBe(405);
  expect((await post('{}', {}, '/v1/metrics')).status).toBe(404);
});
