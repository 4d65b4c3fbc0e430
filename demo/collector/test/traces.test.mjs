import { expect, test } from 'vitest';
import { BASE_MS, current, eachWithCollector, query, send, span, traceIdOf, traceIds } from './support.mjs';

eachWithCollector();

const backend = { service: 'payments', sdk: 'opentelemetry' };

/** Browser page view with a request, and the two services behind it. */
const sendCheckout = async () => {
  const view = { 'session.id': 'visit-1', 'rootspan.page_view.id': 'view-1' };
  await send(
    [
      span({
        id: 4,
        parent: 2,
        at: 25,
        name: 'SELECT orders',
        kind: 3,
        status: { code: 2, message: 'declined' },
      }),
      span({ id: 3, parent: 2, at: 20, name: 'POST /api/pay', kind: 2, status: { code: 2 } }),
    ],
    backend,
  );
  await send([
    span({
      id: 1,
      name: 'page_load /cart',
      length: 250,
      attributes: { ...view, 'url.template': '/cart', 'rootspan.page_view.type': 'load' },
    }),
    span({
      id: 2,
      parent: 1,
      at: 10,
      name: 'POST /api/pay',
      kind: 3,
      attributes: { ...view, 'http.response.status_code': 402 },
      status: { code: 2 },
    }),
    span({
      id: 5,
      parent: 1,
      at: 200,
      name: 'web-vitals',
      attributes: { ...view, 'rootspan.web_vital.lcp': 1200.5, 'rootspan.web_vital.cls': 0 },
    }),
  ]);
};

test('a trace is summed up from all of its services', async () => {
  await sendCheckout();

  const { traces, next } = await query('traces');

  expect(next).toBeNull();
  expect(traces).toEqual([
    {
      traceId: traceIdOf(1),
      rootName: 'page_load /cart',
      rootService: 'shop',
      route: '/cart',
      sessionId: 'visit-1',
      startTime: BASE_MS,
      durationMs: 250,
      spanCount: 5,
      errorCount: 3,
      services: [
        { name: 'shop', spans: 3, errors: 1 },
        { name: 'payments', spans: 2, errors: 2 },
      ],
      vitals: { lcp: 1200.5, cls: 0 },
      hasRoot: true,
    },
  ]);
});

test('the root is the span whose parent is not stored, the browser one first', async () => {
  await send([span({ trace: 1, id: 7, at: 0, name: 'server root' })], backend);
  await send([span({ trace: 1, id: 8, parent: 99, at: 50, name: 'browser root' })]);
  await send([span({ trace: 2, id: 1, parent: 2 }), span({ trace: 2, id: 2, parent: 1 })]);
  await send([
    span({ trace: 3, id: 3, parent: 77, at: 5, name: 'early orphan' }),
    span({ trace: 3, id: 4, at: 9, name: 'true root' }),
  ]);

  const { traces } = await query('traces');

  const rootOf = (trace) => traces.find(({ traceId }) => traceId === traceIdOf(trace));
  expect(rootOf(1)).toMatchObject({ rootName: 'browser root', hasRoot: false });
  expect(rootOf(2)).toMatchObject({ spanCount: 2, hasRoot: false });
  expect(rootOf(3)).toMatchObject({ rootName: 'true root', hasRoot: true });
});

test('a page load that continues the trace of its server is the root, whichever arrives first', async () => {
  await send([
    span({
      id: 2,
      parent: 1,
      at: 30,
      length: 900,
      name: 'page_load /cart',
      attributes: { 'url.template': '/cart', 'rootspan.page_view.type': 'load' },
    }),
    // Earlier than the page view, and its parent never arrives.
    span({ id: 3, parent: 99, at: 10, name: 'GET /api/cart', kind: 3 }),
  ]);
  expect((await query('traces')).traces).toMatchObject([{ rootName: 'page_load /cart', hasRoot: false }]);

  await send([span({ id: 1, name: 'GET /*page', kind: 2 })], backend);

  expect((await query('traces')).traces).toMatchObject([
    {
      rootName: 'page_load /cart',
      rootService: 'shop',
      route: '/cart',
      startTime: BASE_MS + 30,
      durationMs: 900,
      hasRoot: true,
    },
  ]);
});

const filters = {
  'service=payments': [1],
  'service=payments&error=1': [1],
  'service=shop&error=1': [1, 2],
  'name=SELECT%20orders': [1],
  'route=/cart': [1],
  'session=visit-1': [1],
  'error=1': [1, 2],
  'minDuration=100': [1],
  'maxDuration=100': [2, 3],
  'minDuration=20&maxDuration=100': [3],
  'q=DECLINED': [1],
  'q=402': [1],
  [`q=${traceIdOf(3)}`]: [3],
  "q=%25' OR 1=1 --": [],
  "service=x' OR '1'='1": [],
  'service=nobody': [],
};

for (const [parameters, expected] of Object.entries(filters)) {
  test(`the filter ${parameters} finds ${expected.length || 'none'}`, async () => {
    await sendCheckout();
    await send([span({ trace: 2, at: 1000, status: { code: 2 } }), span({ trace: 3, at: 2000, length: 50 })]);

    expect((await traceIds(parameters)).sort()).toEqual(expected.map(traceIdOf));
  });
}

test('since and until are about the start of the root', async () => {
  await send([1, 2, 3].map((trace) => span({ trace, at: trace * 1000 })));

  expect(await traceIds(`since=${BASE_MS + 2000}`)).toEqual([3, 2].map(traceIdOf));
  expect(await traceIds(`until=${BASE_MS + 2000}`)).toEqual([2, 1].map(traceIdOf));
  expect(await traceIds(`since=${BASE_MS + 1500}&until=${BASE_MS + 2500}`)).toEqual([traceIdOf(2)]);
});

test('pages follow one another without gap or double, also at the same instant', async () => {
  await send(
    Array.from({ length: 25 }, (_, index) => span({ trace: index + 1, at: index < 12 ? 0 : index })),
  );

  const seen = [];
  let next = '';
  do {
    const page = await query(`traces?limit=7&before=${encodeURIComponent(next)}`);
    seen.push(...page.traces);
    next = page.next;
  } while (next);

  expect(new Set(seen.map(({ traceId }) => traceId)).size).toBe(25);
  expect(seen).toHaveLength(25);
  expect(seen.map(({ startTime }) => startTime)).toEqual(
    seen.map(({ startTime }) => startTime).sort((a, b) => b - a),
  );
});

test('a plain time is a cursor too', async () => {
  await send([1, 2, 3].map((trace) => span({ trace, at: trace * 1000 })));

  expect(await traceIds(`before=${BASE_MS + 2000}`)).toEqual([traceIdOf(1)]);
});

test('a wrong parameter is answered with 400, an unknown trace with 404', async () => {
  const wrong = await fetch(`${current().url}/api/traces?minDuration=fast`);
  const unknown = await fetch(`${current().url}/api/traces/${traceIdOf(404)}`);

  expect([wrong.status, unknown.status]).toEqual([400, 404]);
  expect((await wrong.json()).error).toContain('minDuration');
});

test('the spans of a trace come in order of their start', async () => {
  await sendCheckout();

  const { spans } = await query(`traces/${traceIdOf(1)}`);

  expect(spans.map(({ spanId }) => Number(spanId))).toEqual([1, 2, 3, 4, 5]);
});
