import { expect, test } from 'vitest';
import { BASE_MS, eachWithCollector, post, query, request, send, span } from './support.mjs';

eachWithCollector();

test('buckets count traces, failures and durations', async () => {
  await send(
    [10, 20, 30, 40].map((length, index) =>
      span({ trace: index + 1, at: 0, length, ...(index === 3 ? { status: { code: 2 } } : {}) }),
    ),
  );

  const { buckets } = await query('overview?minutes=60');

  const [busy, ...others] = buckets.filter(({ traces }) => traces > 0);
  expect(others).toEqual([]);
  expect(busy).toMatchObject({ traces: 4, errors: 1, p50: 25, p95: 38.5 });
  expect(busy.time).toBe(Math.floor(BASE_MS / 60_000) * 60_000);
  expect(buckets).toHaveLength(60);
  expect(buckets[0]).toMatchObject({ traces: 0, errors: 0, p50: null, p95: null });
});

test('vitals are rated', async () => {
  const lcps = [1000.5, 2500, 3000.5, 4000, 5000.5];
  await send(
    lcps.map((lcp, index) =>
      span({ trace: index + 1, name: 'web-vitals', attributes: { 'rootspan.web_vital.lcp': lcp } }),
    ),
  );

  const { vitals } = await query('overview?minutes=60');

  expect(vitals.lcp).toEqual({ p75: 4000, good: 2, needsImprovement: 2, poor: 1, count: 5 });
  expect(vitals.inp).toEqual({ p75: null, good: 0, needsImprovement: 0, poor: 0, count: 0 });
});

test('facets count what can be filtered by', async () => {
  await send([
    span({ trace: 1, id: 1, name: 'page_load /cart', attributes: { 'url.template': '/cart' } }),
    span({ trace: 1, id: 2, parent: 1, name: 'GET', attributes: { 'url.template': '/api/cart' } }),
    span({ trace: 2, id: 1, name: 'page_load /cart', attributes: { 'url.template': '/cart' } }),
  ]);

  expect(await query('facets')).toEqual({
    services: [{ value: 'shop', count: 3 }],
    routes: [{ value: '/cart', count: 2 }],
    names: [
      { value: 'page_load /cart', count: 2 },
      { value: 'GET', count: 1 },
    ],
  });
});

test('stats count what is stored and what came in', async () => {
  const body = JSON.stringify(request([span({ attributes: { 'session.id': 's' } })]));
  await post(body);

  expect(await query('stats')).toEqual({
    spans: 1,
    traces: 1,
    sessions: 1,
    logs: 0,
    rejected: 0,
    bytes: body.length,
  });
});
