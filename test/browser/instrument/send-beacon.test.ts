import { expect, test } from 'vitest';
import { traceBeacon } from '../../../src/instrument/send-beacon.js';
import { runInstrumentation } from '../../support/run-instrumentation.js';

test('a beacon is a span with the size of its body', async () => {
  const { nextSpan } = runInstrumentation(traceBeacon());
  expect(navigator.sendBeacon('/api/visits/1234?token=abc', 'äöü')).toBe(true);

  expect(await nextSpan()).toMatchObject({
    name: 'POST /api/visits/:id',
    kind: 3,
    scope: 'beacon',
    status: 0,
    attributes: {
      'http.request.method': 'POST',
      'http.request.body.size': 6,
      'url.full': `${location.origin}/api/visits/1234?token=REDACTED`,
      'url.template': '/api/visits/:id',
    },
  });
});

const BODIES: [what: string, body: BodyInit | undefined, size: number | undefined][] = [
  ['nothing', undefined, undefined],
  ['a Blob', new Blob(['12345']), 5],
  ['an ArrayBuffer', new ArrayBuffer(7), 7],
  ['a part of a buffer', new Uint8Array(9).subarray(4), 5],
  ['a form', new FormData(), undefined],
  ['parameters', new URLSearchParams({ a: '1' }), undefined],
];

for (const [what, body, size] of BODIES) {
  test(`the size of ${what} is ${size ?? 'not known'}`, async () => {
    const { nextSpan } = runInstrumentation(traceBeacon());
    navigator.sendBeacon('/api/visit', body);

    expect((await nextSpan()).attributes['http.request.body.size']).toBe(size);
  });
}

test('a beacon that the browser does not take is an error', async () => {
  const { nextSpan } = runInstrumentation(traceBeacon());
  expect(navigator.sendBeacon('/api/visit', new ArrayBuffer(65 * 1024))).toBe(false);

  const { attributes, status } = await nextSpan();
  expect([attributes['error.type'], status]).toEqual(['refused', 2]);
});

test('an address is made a text once, as without the agent', async () => {
  const { nextSpan } = runInstrumentation(traceBeacon());
  let count = 0;
  const address = { toString: () => `/api/visit?${++count}` };
  Reflect.apply(navigator.sendBeacon, navigator, [address]);

  expect((await nextSpan()).attributes['url.full']).toMatch(/\/api\/visit\?1$/);
  expect(count).toBe(1);
});

test('the collector and ignored URLs leave no trace', () => {
  const { spans } = runInstrumentation(traceBeacon(), { config: { ignoreUrls: '/api/visit' } });
  navigator.sendBeacon('/v1/traces', '{}');
  navigator.sendBeacon('/api/visit');

  expect(spans).toEqual([]);
});

test('a mistake of the page is the same as without the agent', () => {
  const attempt = () =>
    [[], ['http://'], ['data:,x'], [Symbol('x')]].map((given) => {
      try {
        return Reflect.apply(navigator.sendBeacon, navigator, given);
      } catch (error) {
        return `${error}`;
      }
    });
  const plain = attempt();
  const { spans } = runInstrumentation(traceBeacon());

  expect(attempt()).toEqual(plain);
  expect(spans).toEqual([]);
});

test('after stop the method is the original', () => {
  const { sendBeacon } = navigator;
  const { stop } = runInstrumentation(traceBeacon());
  expect(navigator.sendBeacon).not.toBe(sendBeacon);
  stop();

  expect(navigator.sendBeacon).toBe(sendBeacon);
});
