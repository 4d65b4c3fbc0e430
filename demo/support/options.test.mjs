import { expect, test } from 'vitest';
import { readOptions } from './options.mjs';

test('without arguments the demo starts on free ports and is not driven', () => {
  const options = readOptions([], {});

  expect(options).toMatchObject({
    drive: false,
    exit: false,
    shopPort: 0,
    viewerPort: 0,
    data: 'demo/.data',
  });
  expect(options.otlpEndpoint).toBeUndefined();
});

test('a screenshot is made by driving', () => {
  expect(readOptions(['--screenshot', 'trace.png'], {})).toMatchObject({
    drive: true,
    screenshot: 'trace.png',
  });
});

test('ports and a collector are taken from the environment', () => {
  const environment = {
    SHOP_PORT: '8080',
    VIEWER_PORT: '8081',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  };

  const options = readOptions([], environment);

  expect(options).toMatchObject({ shopPort: 8080, viewerPort: 8081, otlpProtocol: 'http/json' });
  expect(options.otlpEndpoint).toBe('http://127.0.0.1:4318');
});

test.each([
  ['an unknown option', ['--dirve'], {}, /--dirve/],
  ['a port that is no number', [], { SHOP_PORT: 'http' }, /^SHOP_PORT is "http"/],
  ['a port that is too large', [], { VIEWER_PORT: '65536' }, /^VIEWER_PORT is "65536"/],
  ['an endpoint that is no URL', [], { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /"collector:4318"/],
  [
    'gRPC, which no browser speaks',
    [],
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    /gRPC/,
  ],
])('%s is refused in one sentence', (_what, args, environment, sentence) => {
  expect(() => readOptions(args, environment)).toThrow(sentence);
});
