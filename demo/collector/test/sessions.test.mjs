import { beforeEach, expect, test } from 'vitest';
import { BASE_MS, current, eachWithCollector, hex, query, send, span, traceIdOf } from './support.mjs';

eachWithCollector();

const view = (id, session = 'visit-1') => ({ 'session.id': session, 'rootspan.page_view.id': id });
const backend = { service: 'orders', sdk: 'opentelemetry' };

beforeEach(async () => {
  await send([
    span({
      trace: 1,
      id: 1,
      name: 'page_load /',
      length: 300,
      attributes: {
        ...view('a'),
        'user.id': 'ann',
        'url.template': '/',
        'url.full': 'http://shop.example/',
        'rootspan.page_view.type': 'load',
        'rootspan.end_reason': 'quiet',
        'session.previous_id': 'visit-0',
      },
    }),
    span({ trace: 1, id: 2, parent: 1, at: 20, kind: 3, attributes: view('a') }),
    span({
      trace: 1,
      id: 3,
      parent: 1,
      at: 300,
      name: 'web-vitals',
      attributes: { ...view('a'), 'rootspan.web_vital.lcp': 900.5 },
    }),
    span({
      trace: 2,
      id: 1,
      name: 'route_change /cart',
      at: 5000,
      attributes: {
        ...view('b'),
        'url.template': '/cart',
        'rootspan.page_view.type': 'route',
        'rootspan.end_reason': 'hidden',
      },
    }),
    span({ trace: 2, id: 2, parent: 1, at: 5001, kind: 3, attributes: view('b'), status: { code: 2 } }),
    span({
      trace: 3,
      id: 1,
      at: 9000,
      name: 'page_load /',
      attributes: { ...view('c', 'visit-2'), 'url.template': '/', 'rootspan.page_view.type': 'load' },
    }),
  ]);
  await send([span({ trace: 2, id: 9, parent: 2, at: 5002, status: { code: 2 } })], backend);
});

test('a session sums up the visit', async () => {
  const { sessions } = await query('sessions');

  expect(sessions.map(({ sessionId }) => sessionId)).toEqual(['visit-2', 'visit-1']);
  expect(sessions[1]).toEqual({
    sessionId: 'visit-1',
    startTime: BASE_MS,
    endTime: BASE_MS + 5011,
    durationMs: 5011,
    pageViews: 2,
    requests: 2,
    errors: 1,
    services: ['orders', 'shop'],
    entryRoute: '/',
    lastRoute: '/cart',
    userId: 'ann',
  });
});

test('sessions are filtered and paged', async () => {
  const ids = async (parameters) =>
    (await query(`sessions?${parameters}`)).sessions.map(({ sessionId }) => sessionId);

  expect(await ids('service=orders')).toEqual(['visit-1']);
  expect(await ids('error=1')).toEqual(['visit-1']);
  expect(await ids('q=ANN')).toEqual(['visit-1']);
  expect(await ids('q=/cart')).toEqual(['visit-1']);
  const { next } = await query('sessions?limit=1');
  expect(await ids(`limit=1&before=${encodeURIComponent(next)}`)).toEqual(['visit-1']);
});

test('a session lists its page views and traces in order', async () => {
  const session = await query('sessions/visit-1');

  expect(session).toMatchObject({
    sessionId: 'visit-1',
    previousId: 'visit-0',
    startTime: BASE_MS,
    endTime: BASE_MS + 5011,
  });
  expect(session.pageViews).toEqual([
    {
      id: 'a',
      traceId: traceIdOf(1),
      spanId: hex(1, 16),
      type: 'load',
      name: 'page_load /',
      route: '/',
      url: 'http://shop.example/',
      startTime: BASE_MS,
      durationMs: 300,
      endReason: 'quiet',
      vitals: { lcp: 900.5 },
      vitalTimes: {},
      cause: null,
      previousSpanId: null,
      requests: 1,
      errors: 0,
    },
    expect.objectContaining({
      id: 'b',
      type: 'route',
      route: '/cart',
      url: null,
      endReason: 'hidden',
      vitals: {},
      requests: 1,
      errors: 1,
    }),
  ]);
  expect(session.traces.map(({ traceId, spanCount }) => [traceId, spanCount])).toEqual([
    [traceIdOf(1), 3],
    [traceIdOf(2), 3],
  ]);
});

test('an unknown session is answered with 404', async () => {
  const response = await fetch(`${current().url}/api/sessions/nobody`);

  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ error: expect.any(String) });
});
