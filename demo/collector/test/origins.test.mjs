import { get } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../app.mjs';
import { startCollector } from '../start.mjs';
import { current, eachWithCollector, post } from './support.mjs';

eachWithCollector();

const preflight = (origin, url = current().url) =>
  fetch(`${url}/v1/traces`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,content-encoding',
    },
  });

test('a preflight gets the concrete origin, with credentials', async () => {
  const { status, headers } = await preflight('http://shop.example');

  expect(status).toBe(204);
  expect(headers.get('access-control-allow-origin')).toBe('http://shop.example');
  expect(headers.get('access-control-allow-credentials')).toBe('true');
  expect(headers.get('access-control-allow-headers').toLowerCase()).toBe('content-type,content-encoding');
  expect(headers.get('access-control-max-age')).toBe('7200');
});

test('the answer may be read, Retry-After too, also when it is a refusal', async () => {
  for (const body of ['{}', '{']) {
    const { headers } = await post(body, { Origin: 'http://shop.example' });

    expect(headers.get('access-control-allow-origin')).toBe('http://shop.example');
    expect(headers.get('access-control-expose-headers')).toBe('Retry-After');
  }
});

test('an origin that is not on the list gets no permission', async () => {
  const strict = await startCollector({ allowedOrigins: ['http://shop.example'] });
  onTestFinished(() => strict.stop());

  const allowed = await preflight('http://shop.example', strict.url);
  const refused = await preflight('http://shop.example.evil.example', strict.url);

  expect(allowed.headers.get('access-control-allow-origin')).toBe('http://shop.example');
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
});

test('stored data cannot be read from other origins', async () => {
  const { headers } = await fetch(`${current().url}/api/traces`, {
    headers: { Origin: 'http://shop.example' },
  });

  expect(headers.get('access-control-allow-origin')).toBeNull();
});

/** What is answered to a request for `host`: any name can be made to lead to this machine. */
const statusFor = (host) =>
  new Promise((resolve, reject) => {
    const asked = get(`${current().url}/api/stats`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
  });

test.each([
  [200, 'localhost'],
  [200, 'LOCALHOST:4318'],
  [200, '127.0.0.1:4318'],
  [200, '[::1]'],
  [200, '192.168.0.7:80'],
  [403, 'evil.example'],
  [403, 'localhost.evil.example'],
  [403, '127.0.0.1.evil.example:4318'],
])('a request for stored data gets %d under the name %s', async (status, host) => {
  expect(await statusFor(host)).toBe(status);
});

test('stored data can be read under the name that the collector was given', async () => {
  const app = createApp({ host: 'box.example', store: {}, live: {}, allowedOrigins: '*', maxBytes: 1000 });
  const ask = (origin) => app.request(`${origin}/api/nothing`);

  expect((await ask('http://box.example:4318')).status).toBe(404);
  expect((await ask('http://other.example:4318')).status).toBe(403);
});
