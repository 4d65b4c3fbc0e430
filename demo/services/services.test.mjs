import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServices } from './start.mjs';
import { clientSpan, queries, SERVICES, serverSpan, startShop } from './test-shop.mjs';

const GOOD_CARD = '4242 4242 4242 4242';
const DECLINED_CARD = '4000 0000 0000 0002';

let shop;

beforeAll(async () => {
  shop = await startShop();
});

afterAll(() => shop?.stop());

test('a checkout is one trace through three services, each with its SQL', async () => {
  const { trace, status, body } = await shop.checkOut(GOOD_CARD);
  expect(status).toBe(201);
  expect(JSON.parse(body)).toMatchObject({ status: 'paid', totalCents: 3600 });

  const spans = await shop.checkoutTraceOf(trace);
  const [shopApi, orders, payments] = SERVICES.map((service) => serverSpan(spans, service));
  expect([shopApi, orders, payments].map((span) => span.name)).toEqual([
    'POST /api/checkout',
    'POST /orders',
    'POST /payments',
  ]);
  expect(shopApi.parentSpanId).toBe(trace.spanId);
  expect(orders.parentSpanId).toBe(clientSpan(spans, 'shop-api').spanId);
  expect(clientSpan(spans, 'shop-api').parentSpanId).toBe(shopApi.spanId);
  expect(payments.parentSpanId).toBe(clientSpan(spans, 'orders').spanId);
  expect(clientSpan(spans, 'orders').parentSpanId).toBe(orders.spanId);

  const sql = SERVICES.map((service) => queries(spans, service).map((span) => span.name));
  expect(sql).toEqual([
    ['SELECT shop.products'],
    ['BEGIN', 'INSERT shop.orders', 'INSERT shop.order_lines', 'COMMIT', 'UPDATE shop.orders'],
    ['INSERT shop.payments'],
  ]);
  for (const service of SERVICES) {
    const server = serverSpan(spans, service);
    for (const query of queries(spans, service)) expect(query.parentSpanId).toBe(server.spanId);
  }
  expect(spans).toHaveLength(12);
  expect(spans.filter((span) => span.isError)).toEqual([]);
});

test('a declined card is an error from the database to the first service', async () => {
  const { trace, status, body } = await shop.checkOut(DECLINED_CARD);
  expect(status).toBe(402);
  expect(JSON.parse(body)).toMatchObject({ error: 'card_declined', reference: trace.traceId });

  const spans = await shop.checkoutTraceOf(trace);
  const failed = spans
    .filter((span) => span.isError)
    .map((span) => `${span.service} ${span.kind} ${span.name}`);
  expect(failed.sort()).toEqual([
    'orders client POST /payments',
    'orders server POST /orders',
    'payments client INSERT shop.payments',
    'payments server POST /payments',
    'shop-api client POST /orders',
    'shop-api server POST /api/checkout',
  ]);
  const exceptions = SERVICES.flatMap((service) => serverSpan(spans, service).events);
  expect(exceptions).toHaveLength(1);
  expect(exceptions[0].attributes['exception.type']).toBe('PaymentDeclinedError');
  expect(exceptions[0].attributes['exception.stacktrace']).toMatch(/Caused by: .*card_declined/);
  expect(serverSpan(spans, 'payments').attributes['http.response.status_code']).toBe(402);
});

test('the order of a declined card is kept, as declined and without a payment', async () => {
  const { trace } = await shop.checkOut(DECLINED_CARD, [{ productId: '1012', quantity: 3 }]);
  expect((await shop.checkoutTraceOf(trace)).map(({ name }) => name)).toContain('UPDATE shop.orders');

  const rows = await shop.query(
    `SELECT status, payments.id AS payment FROM shop.orders
     LEFT JOIN shop.payments ON order_id = orders.id WHERE total_cents = 23400`,
  );
  expect(rows).toContainEqual({ status: 'declined', payment: null });
  expect(rows.every(({ status }) => status === 'declined')).toBe(true);
});

test('20 checkouts at once all succeed and can be looked up', async () => {
  const items = [
    { productId: '1003', quantity: 1 },
    { productId: 1004, quantity: 3 },
  ];
  const answers = await Promise.all(Array.from({ length: 20 }, () => shop.checkOut(GOOD_CARD, items)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));

  const ids = answers.map(({ body }) => JSON.parse(body).orderId);
  expect(new Set(ids).size).toBe(20);
  const found = await shop.call(`/api/orders/${ids[7]}`);
  expect(JSON.parse(found.body)).toEqual({
    orderId: ids[7],
    status: 'paid',
    totalCents: 4200 + 3 * 950,
    items: [
      { productId: '1003', quantity: 1 },
      { productId: '1004', quantity: 3 },
    ],
  });
  const names = (await shop.traceOf(found.trace)).map((span) => span.name);
  expect(names).toContain('GET /api/orders/:id');
  expect(names).toContain('GET /orders/:id');
});

test('payments that fail among others that succeed do not disturb them', async () => {
  const cards = Array.from({ length: 12 }, (_, index) => (index % 2 ? DECLINED_CARD : GOOD_CARD));
  const answers = await Promise.all(cards.map((card) => shop.checkOut(card)));
  expect(answers.map(({ status }) => status)).toEqual(cards.map((card) => (card === GOOD_CARD ? 201 : 402)));
});

test('a product is named by its route, a missing one is no error of ours', async () => {
  const known = await shop.call('/api/products/1002');
  expect(JSON.parse(known.body)).toMatchObject({ id: '1002', name: 'Cast-iron teapot', priceCents: 6400 });
  const unknown = await shop.call('/api/products/99999');
  expect(unknown.status).toBe(404);

  const [server] = (await shop.traceOf(unknown.trace)).filter(({ kind }) => kind === 'server');
  expect(server).toMatchObject({ name: 'GET /api/products/:id', isError: false });
});

test('a failure records what was thrown and hides it from the caller', async () => {
  const { trace, status, body } = await shop.call('/api/fail');
  expect(status).toBe(500);
  expect(JSON.parse(body)).toEqual({
    error: 'internal_error',
    message: 'Something went wrong on our side.',
    reference: trace.traceId,
  });
  const [server] = await shop.traceOf(trace);
  expect(server).toMatchObject({ name: 'GET /api/fail', isError: true });
  expect(server.events[0].attributes['exception.type']).toBe('TypeError');
});

test('a slow answer is slow in the database', async () => {
  const before = performance.now();
  const { trace, status } = await shop.call('/api/slow?ms=200');
  expect(status).toBe(200);
  expect(performance.now() - before).toBeGreaterThanOrEqual(200);
  expect(queries(await shop.traceOf(trace), 'shop-api')[0].attributes['db.query.text']).toBe(
    'SELECT pg_sleep($1)',
  );
});

test.each([
  ['{', 'The body must be a JSON object.'],
  [{ items: [], card: GOOD_CARD }, 'items must be a list of 1 to 50 entries.'],
  [
    { items: [{ productId: '1001', quantity: 1.5 }], card: GOOD_CARD },
    'Each item needs a productId and a quantity from 1 to 99.',
  ],
  [{ items: [{ productId: '7', quantity: 1 }], card: GOOD_CARD }, 'There is no product 7.'],
  [
    { items: [{ productId: '1001', quantity: 1 }], card: 4242 },
    'card must be a number of 12 to 19 digits, in a string.',
  ],
])('the body %j is refused in one sentence', async (payload, message) => {
  const { status, body } = await shop.call('/api/checkout', { payload });
  expect(status).toBe(400);
  expect(JSON.parse(body)).toEqual({ error: 'invalid_request', message });
});

test.each(['/', '/products/1001', '/plain.html'])('the page %s carries its own server span', async (path) => {
  const { trace, headers, body } = await shop.call(path);
  const [server] = await shop.traceOf(trace);
  expect(body).toContain(
    `<meta name="traceparent" content="00-${trace.traceId}-${server.spanId}-01"></head>`,
  );
  expect(headers.get('cache-control')).toBe('no-store');
  if (path !== '/plain.html') expect(body).toContain(shop.sink.url);
});

test('an unsampled caller is told so in the page and gets no spans', async () => {
  const page = await shop.call('/', { flags: '00' });
  const assets = await shop.call('/shop.js');
  const after = await shop.call('/api/products');
  await shop.traceOf(after.trace);
  expect(page.body).toMatch(new RegExp(`content="00-${page.trace.traceId}-[0-9a-f]{16}-00"`));
  expect(assets.body).toBe('js');
  const silent = [page.trace.traceId, assets.trace.traceId];
  expect(shop.sink.spans.filter((span) => silent.includes(span.traceId))).toEqual([]);
});

test('a port that is taken is told by the promise, and as no unexpected end', async () => {
  const unexpected = [];

  const starting = startServices({
    otlpEndpoint: shop.sink.url,
    port: shop.port,
    databaseUrl: shop.databaseUrl,
    onLog: () => {},
    onExit: (...end) => unexpected.push(end),
  });

  await expect(starting).rejects.toThrow(/^shop-api did not start: .*EADDRINUSE/);
  expect(unexpected).toEqual([]);
});

test('every log line within a request names its trace and span', () => {
  const lines = shop.logs.filter(({ message }) => message !== 'listening');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line).toMatchObject({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: expect.stringMatching(/^(info|warn|error)$/),
      service: expect.stringMatching(/^(shop-api|orders|payments)$/),
      message: expect.any(String),
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  }
});
