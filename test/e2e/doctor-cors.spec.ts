import type { RequestListener } from 'node:http';
import { expect } from 'playwright/test';
import type { Finding } from '../../src/doctor/finding.js';
import { backend, doctor, open, site, test } from './support/doctor.js';

/** Sends requests of a method on to `/there`, which takes everything. */
const moved =
  (method: string, status: number): RequestListener =>
  (request, response) => {
    const isMoved = request.method === method && request.url !== '/there';
    response.writeHead(isMoved ? status : 200, { ...open(request), ...(isMoved && { Location: '/there' }) });
    response.end('{}');
  };

const COLLECTORS: [name: string, answer: RequestListener, level: Finding['level'], said: RegExp][] = [
  [
    'a collector that allows any origin loses beacons',
    backend(() => ({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Max-Age': '7200',
    })),
    'warning',
    /Allow-Origin is "\*": a beacon of JSON, .*never arrives. Name "http/,
  ],
  [
    'a collector without CORS cannot be reached',
    backend(() => ({})),
    'error',
    /Access-Control-Allow-Origin is missing. Send "http/,
  ],
  [
    'a collector that allows another origin cannot be reached',
    backend(() => ({ 'Access-Control-Allow-Origin': 'https://other.example' })),
    'error',
    /names "https:\/\/other.example"/,
  ],
  [
    'a collector must allow the type of the body',
    backend(({ headers }) => ({ 'Access-Control-Allow-Origin': headers.origin ?? '' })),
    'error',
    /Allow-Headers lacks content-type/,
  ],
  [
    'a preflight that asks for a login fails',
    (_, response) => void response.writeHead(401).end(),
    'error',
    /preflight got status 401. Answer OPTIONS with 204/,
  ],
  [
    'a preflight that is sent on fails',
    moved('OPTIONS', 308),
    'error',
    /preflight got status 308. Answer OPTIONS with 204, without sending it on/,
  ],
  [
    'a collector behind a login gets nothing',
    moved('POST', 302),
    'error',
    /\/v1\/traces answered OTLP\/JSON with 302 to \/there: browsers send a GET there, and the spans are lost/,
  ],
  [
    'a collector that has moved gets each body by a second request',
    moved('POST', 308),
    'warning',
    /\/v1\/traces answered OTLP\/JSON with 308 to \/there: each body is sent twice. Name the new address/,
  ],
  [
    'preflights that are not kept cost each visitor a round trip',
    backend(({ headers }) => ({
      'Access-Control-Allow-Origin': headers.origin ?? '',
      'Access-Control-Allow-Headers': 'content-type',
    })),
    'warning',
    /for 5 s. Send "Access-Control-Max-Age/,
  ],
];

for (const [name, answer, level, said] of COLLECTORS) {
  test(name, async ({ serve }) => {
    const { origin } = await serve(answer);
    const page = await serve(site('<script src="/rootspan.js"></script>'));

    const { code, of } = await doctor(page.origin, '--endpoint', origin);

    expect(of(level).join('\n')).toMatch(said);
    expect(code).toBe(level === 'error' ? 1 : 0);
  });
}

test('an asterisk does not allow the header Authorization', async ({ serve }) => {
  const all = { 'Access-Control-Allow-Headers': '*', 'Access-Control-Max-Age': '7200' };
  const { origin } = await serve(backend((request) => ({ ...open(request), ...all })));
  const named = await serve(
    backend((request) => ({ ...open(request), 'Access-Control-Allow-Headers': '*, authorization' })),
  );
  const page = await serve(site('<script src="/rootspan.js"></script>'));
  const ask = (endpoint: string) =>
    doctor(page.origin, '--endpoint', endpoint, '--header', 'Authorization', '--header', 'X-Team');

  expect((await ask(origin)).of('error').join('\n')).toContain(
    'Access-Control-Allow-Headers lacks authorization. Add it.',
  );
  expect((await ask(named.origin)).of('error')).toEqual([]);
});

test('a backend that refuses the trace headers is an error', async ({ serve }) => {
  const api = await serve(
    backend(({ headers }) => ({ 'Access-Control-Allow-Origin': headers.origin ?? '' })),
  );
  const page = await serve(site('<p>no script</p>'));

  const { code, of } = await doctor(page.origin, '--propagate-to', api.origin);

  expect(of('error').join('\n')).toMatch(/Allow-Headers lacks traceparent and tracestate/);
  expect(of('error').join('\n')).toMatch(/leave it out of propagateTo/);
  expect(of('note').join('\n')).toMatch(/no script tag with rootspan.js/);
  expect(code).toBe(1);
});
