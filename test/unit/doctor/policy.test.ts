import { expect, test } from 'vitest';
import { forbiddenBy } from '../../../src/doctor/policy.js';

const PAGE = new URL('https://shop.example/cart');

// CSP Level 3, section 6.7.2.
test.each([
  ["connect-src 'self'", 'https://shop.example/v1/traces', true],
  ["connect-src 'self'", 'https://otel.example/v1/traces', false],
  ["default-src 'none'; connect-src https://otel.example", 'https://otel.example/v1/traces', true],
  ["default-src 'self'", 'https://otel.example/v1/traces', false],
  ["default-src 'self'", 'https://shop.example/v1/traces', true],
  ["connect-src 'none'", 'https://shop.example/v1/traces', false],
  ['connect-src', 'https://shop.example/v1/traces', false],
  ["script-src 'none'", 'https://otel.example/v1/traces', true],
  ['connect-src *', 'https://otel.example/v1/traces', true],
  ['connect-src https:', 'https://otel.example/v1/traces', true],
  ['connect-src http:', 'https://otel.example/v1/traces', true],
  ['connect-src https:', 'http://otel.example/v1/traces', false],
  ['connect-src otel.example', 'https://otel.example/v1/traces', true],
  ['connect-src otel.example', 'https://otel.example:4318/v1/traces', false],
  ['connect-src otel.example:4318', 'https://otel.example:4318/v1/traces', true],
  ['connect-src otel.example:443', 'https://otel.example/v1/traces', true],
  ['connect-src otel.example:*', 'https://otel.example:4318/v1/traces', true],
  ['connect-src *.example', 'https://otel.example/v1/traces', true],
  ['connect-src *.otel.example', 'https://otel.example/v1/traces', false],
  ['connect-src https://otel.example/v1/', 'https://otel.example/v1/traces', true],
  ['connect-src https://otel.example/v1', 'https://otel.example/v1/traces', false],
  ['connect-src https://otel.example/v1/traces', 'https://otel.example/v1/traces', true],
  ['CONNECT-SRC HTTPS://OTEL.EXAMPLE', 'https://otel.example/v1/traces', true],
  ['connect-src otel.example.evil', 'https://otel.example/v1/traces', false],
])('"%s" and %s', (policy, url, isAllowed) => {
  expect(forbiddenBy(policy, 'connect-src', { url: new URL(url) }, PAGE) === undefined).toBe(isAllowed);
});

test.each([
  ["script-src 'nonce-abc'", { nonce: 'abc' }, true],
  ["script-src 'nonce-abc'", { nonce: 'abd' }, false],
  ["script-src 'nonce-abc' 'strict-dynamic'", { nonce: 'abc' }, true],
  ["script-src 'self' 'strict-dynamic'", {}, false],
  ["script-src 'sha384-AAAA'", { integrity: 'sha384-AAAA' }, true],
  ["script-src 'sha384-AAAA'", { integrity: 'sha384-BBBB' }, false],
  ["script-src-elem 'none'; script-src 'self'", {}, false],
  ["script-src 'self'; default-src 'none'", {}, true],
])('"%s" and a script with %o', (policy, tag, isAllowed) => {
  const wanted = { url: new URL('https://shop.example/rootspan.js'), ...tag };

  expect(forbiddenBy(policy, 'script-src-elem', wanted, PAGE) === undefined).toBe(isAllowed);
});

test('the directive that forbids is told as it is written', () => {
  const url = new URL('https://otel.example');

  expect(forbiddenBy("img-src *; default-src 'self'", 'connect-src', { url }, PAGE)).toBe(
    "default-src 'self'",
  );
});
