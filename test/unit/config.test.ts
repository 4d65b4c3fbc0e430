import { expect, test } from 'vitest';
import { findMistake, resourceAttributes, tracesUrl } from '../../src/config.js';
import { cookieStorage } from '../../src/platform/cookie.js';
import { onError, promoteOn } from '../../src/session/promotion.js';
import { onPage, withGlobals } from './support/globals.js';

const propagator = { fields: ['a'], inject: () => {} };

const check = (config: unknown) => {
  onPage('https://shop.example/cart');
  return findMistake(config as object);
};

test.each([
  {},
  { endpoint: '/otel', serviceName: 'shop-web', sampleRate: 0.1 },
  { endpoint: 'https://otel.example/v1/traces', sampleRate: 0 },
  { sampleRate: 1, flushInterval: 100, debug: true },
  { propagateTo: 'https://api.example', neverPropagateTo: /x/, ignoreUrls: () => true },
  { propagateTo: ['/api', /x/, () => true] },
  { propagators: [] },
  { propagators: [propagator], unsampledHeaders: 'send', xrayTraceIds: true },
  { propagateTo: { match: 'https://api.example', propagators: [propagator] }, unsampledHeaders: 'omit' },
  { propagateTo: ['/api', { match: ['/b', /c/], propagators: [propagator] }] },
  { attributes: { a: 1 } },
  { attributes: () => ({ a: 1 }) },
  { resource: { a: 1 }, headers: { 'x-key': 'a' }, session: { idleTimeout: 1000 }, processors: [] },
  { promote: promoteOn(onError) },
  { session: { storage: 'local' } },
  { session: { storage: 'memory' } },
  { session: { storage: cookieStorage() } },
  { redactUrl: (url: string) => url, routeName: () => undefined, describeRequest: () => undefined },
  { serviceName: undefined, sampleRate: undefined },
])('%j is right', (config) => {
  expect(check(config)).toBeUndefined();
});

test.each([
  ['sampleRate', 2, '2', /number from 0 to 1/],
  ['sampleRate', -0.1, '-0.1', /number from 0 to 1/],
  ['sampleRate', Number.NaN, 'NaN', /number from 0 to 1/],
  ['sampleRate', '0.5', '"0.5"', /number/],
  ['flushInterval', '5s', '"5s"', /number/],
  ['serviceName', 42, '42', /text/],
  ['endpoint', 'otel:4318', '"otel:4318"', /URL/],
  ['endpoint', 'https://', '"https://"', /URL/],
  ['endpoint', 4318, '4318', /URL|string/],
  ['headers', 'x-key: a', '"x-key: a"', /object/],
  ['processors', () => undefined, 'a function', /array|list/],
  ['processors', { a: 1 }, 'object', /array|list/],
  ['debug', 'yes', '"yes"', /true or false/],
  ['routeName', '/a', '"/a"', /function/],
  ['describeRequest', true, 'true', /function/],
  ['promote', onError, 'a function', /promoteOn\(…\) with rules/],
  ['promote', [onError], 'an object', /promoteOn/],
  ['promote', null, 'an object', /promoteOn/],
  ['propagateTo', 'ftp://api.example', '"ftp://api.example"', /URL/],
  ['propagateTo', ['https://api.example', 'javascript:alert(1)'], 'object', /URL/],
  ['propagateTo', null, 'object', /URL/],
  ['propagateTo', true, 'true', /URL/],
  ['propagateTo', [undefined], 'object', /URL/],
  ['propagateTo', [{ match: '/a' }], 'object', /\{ match, propagators \}/],
  ['propagateTo', { match: 'ftp://a', propagators: [propagator] }, 'object', /\{ match, propagators \}/],
  ['propagateTo', { propagators: [propagator] }, 'object', /\{ match, propagators \}/],
  ['neverPropagateTo', [{ match: '/a', propagators: [propagator] }], 'object', /URL/],
  ['propagators', 'b3', '"b3"', /array of propagators/],
  ['propagators', ['b3'], 'object', /array of propagators/],
  ['propagators', propagator, 'object', /array of propagators/],
  ['unsampledHeaders', true, 'true', /"omit" or "send"/],
  ['xrayTraceIds', 1, '1', /true or false/],
  ['neverPropagateTo', 42, '42', /URL/],
  ['ignoreUrls', [null], 'object', /URL/],
  ['session', { idleTimeout: '15 min' }, '"15 min"', /number/],
  ['session', { idleTimeout: Number.NaN }, 'NaN', /number/],
  ['session', { maxDuration: -1 }, '-1', /number/],
  ['session', { store: 'local' }, '"local"', /option/],
  ['session', { storage: 'cookie' }, '"cookie"', /cookieStorage\(\)/],
  ['session', { storage: {} }, 'object', /local, session, memory/],
  ['sampelRate', 0.1, '0.1', /option/],
])('%s: %j is told: the field, what was given, what to write', (field, value, given, advice) => {
  const sentence = check({ [field]: value });

  // An option of the session goes by its own name.
  expect(sentence).toContain(field === 'session' ? Object.keys(value as object)[0] : field);
  expect(sentence).toContain(given);
  expect(sentence).toMatch(advice);
  expect(sentence).not.toMatch(/\n|write an? any|write a [aeiou]/);
});

test.each([[Object.create(null)], [Symbol('a')], [{ toString: () => undefined }]])(
  'a value that cannot be shown is told as well',
  (value) => {
    expect(check({ serviceName: value })).toContain('serviceName');
  },
);

test.each([
  [undefined, 'https://shop.example/v1/traces'],
  ['/', 'https://shop.example/v1/traces'],
  ['/otel', 'https://shop.example/otel/v1/traces'],
  ['/otel/', 'https://shop.example/otel/v1/traces'],
  ['otel', 'https://shop.example/otel/v1/traces'],
  ['https://otel.example', 'https://otel.example/v1/traces'],
  ['https://otel.example/p/', 'https://otel.example/p/v1/traces'],
  ['https://otel.example/v1/traces', 'https://otel.example/v1/traces'],
  ['https://otel.example/v1/traces/', 'https://otel.example/v1/traces'],
  ['https://otel.example/v1/traces?key=a', 'https://otel.example/v1/traces?key=a'],
  ['https://otel.example?key=a', 'https://otel.example/v1/traces?key=a'],
])('spans for the endpoint %s go to %s', (endpoint, expected) => {
  onPage('https://shop.example/cart');

  expect(tracesUrl(endpoint).href).toBe(expected);
});

test('the resource names the service, the agent and the browser; own attributes win', () => {
  withGlobals({ navigator: { language: 'de-DE', userAgent: 'Browser/1.0' } });
  const config = {
    serviceName: 'shop-web',
    serviceVersion: '2.14.0',
    serviceNamespace: 'shop',
    environment: 'production',
    resource: { 'deployment.environment.name': 'staging', team: 'web' },
  };

  expect(resourceAttributes(config, '0.1.0')).toEqual({
    'service.name': 'shop-web',
    'service.version': '2.14.0',
    'service.namespace': 'shop',
    'deployment.environment.name': 'staging',
    'telemetry.sdk.name': 'rootspan',
    'telemetry.sdk.language': 'webjs',
    'telemetry.sdk.version': '0.1.0',
    'browser.language': 'de-DE',
    'user_agent.original': 'Browser/1.0',
    team: 'web',
  });
});

test('a service without a name says so', () => {
  withGlobals({ navigator: {} });

  expect(resourceAttributes({}, '0.1.0')['service.name']).toBe('unknown_service:browser');
});
