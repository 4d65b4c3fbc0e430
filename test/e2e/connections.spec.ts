import type { Page } from 'playwright/test';
import { engine } from '../support/engines.js';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

/** Connects in the page, and waits for as many messages as are told; the connection stays in `window.connection`. */
const connect = (page: Page, type: 'WebSocket' | 'EventSource', path: string, count: number): Promise<void> =>
  page.evaluate(
    ([name, address, wanted]) =>
      new Promise((resolve) => {
        const url = new URL(`${address}`, location.href);
        const connection = name === 'WebSocket' ? new WebSocket(url) : new EventSource(url);
        Object.assign(window, { connection });
        let seen = 0;
        connection.onmessage = () => {
          if (++seen === wanted) resolve();
        };
      }),
    [type, path, count] as const,
  );

const close = (page: Page): Promise<void> =>
  page.evaluate(() => (Reflect.get(window, 'connection') as WebSocket).close());

test('a WebSocket is one span with a summary of its messages', async ({ open, collector, site }) => {
  const page = await open('/');
  await connect(page, 'WebSocket', '/api/rooms/1234?say=3&token=s3cret', 3);
  await page.evaluate(() => {
    const connection = Reflect.get(window, 'connection') as WebSocket;
    connection.send('Grüße');
    connection.send(new Uint8Array(20));
    connection.close(4002, 'left');
  });

  const span = await collector.waitForSpan(named('WebSocket /api/rooms/:id'));
  expect(span).toMatchObject({ kind: 3, scope: 'rootspan/websocket', status: { code: 0 } });
  expect(span.attributes).toMatchObject({
    'url.full': `${site.origin.replace('http', 'ws')}/api/rooms/1234?say=3&token=REDACTED`,
    'server.port': Number(new URL(site.origin).port),
    'rootspan.connection.opened': 1,
    'rootspan.connection.received_size': 27,
    'rootspan.connection.sent': 2,
    'rootspan.connection.sent_size': 27,
    'rootspan.connection.close_code': 4002,
  });
  expect(span.events.map(({ name }) => name)).toEqual(['open']);
  // The page view has ended before.
  const view = only(collector.spans(), 'page_load /');
  expect(span.links).toEqual([expect.objectContaining({ traceId: view.traceId, spanId: view.spanId })]);
});

test('a WebSocket made as the page loads is below the page view, which does not wait for it', async ({
  open,
  collector,
}) => {
  const page = await open('/', { body: "<script>connection = new WebSocket('/api/live?say=1');</script>" });
  const view = only(collector.spans(), 'page_load /');
  expect(view.attributes['rootspan.end_reason']).toBe('quiet');
  await close(page);

  expect(isChildOf(await collector.waitForSpan(named('WebSocket /api/live')), view)).toBe(true);
});

test('a WebSocket that is refused is an error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() =>
    new Promise((resolve) => {
      new WebSocket(new URL('/api/live?refuse=1', location.href)).onclose = resolve;
    }).then(() => {}),
  );

  const { attributes, status } = await collector.waitForSpan(named('WebSocket /api/live'));
  expect([attributes['error.type'], status.code]).toEqual(['1006', 2]);
});

test('connections that are over are not kept alive', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(async () => {
    const socket = new WebSocket('/api/live?close=1000');
    await new Promise((resolve) => {
      socket.onclose = resolve;
    });
    const source = new EventSource('/api/feed?status=404');
    await new Promise((resolve) => {
      source.onerror = resolve;
    });
    Object.assign(window, { kept: [new WeakRef(socket), new WeakRef(source)] });
  });
  await collector.waitForSpan(named('EventSource /api/feed'));

  const alive = async () => {
    await page.requestGC();
    return page.evaluate(() =>
      (Reflect.get(window, 'kept') as WeakRef<object>[]).map((kept) => kept.deref()?.constructor.name),
    );
  };
  await expect.poll(alive).toEqual([undefined, undefined]);
});

test('an EventSource is one span, however often it reconnects', async ({ open, collector }) => {
  const page = await open('/');
  await connect(page, 'EventSource', '/api/feed?events=2&end=1', 5);
  await close(page);

  const span = await collector.waitForSpan(named('EventSource /api/feed'));
  expect(span).toMatchObject({ kind: 3, scope: 'rootspan/event-source', status: { code: 0 } });
  // How often it has reconnected meanwhile is the browser's affair.
  expect(span.attributes['rootspan.connection.opened']).toBeGreaterThanOrEqual(3);
  expect(span.attributes['rootspan.connection.received']).toBeGreaterThanOrEqual(5);
  await page.evaluate(() => fetch('/api/after'));
  await collector.waitForSpan(named('GET /api/after'));
  expect(
    collector.spans().filter(({ scope, name }) => scope === 'rootspan/resource' && name.includes('feed')),
  ).toEqual([]);
});

test('an EventSource that is refused is an error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() =>
    new Promise((resolve) => {
      new EventSource('/api/feed?status=500').onerror = resolve;
    }).then(() => {}),
  );

  const { attributes, status } = await collector.waitForSpan(named('EventSource /api/feed'));
  expect([attributes['error.type'], status.code]).toEqual(['NetworkError', 2]);
});

test('an open WebSocket is told when the page is left', async ({ open, collector, page, site }) => {
  await open('/');
  await connect(page, 'WebSocket', '/api/live?say=2', 2);
  site.page('/next', '<!doctype html>');
  await page.goto(`${site.origin}/next`);

  const { attributes } = await collector.waitForSpan(named('WebSocket /api/live'));
  expect(attributes['rootspan.connection.received']).toBe(2);
  const end = [attributes['rootspan.connection.close_code'], attributes['rootspan.end_reason']];
  const hidden = [undefined, 'hidden'];
  // Firefox closes it as the navigation begins, and may hear of that before the page is left.
  expect(engine() === 'firefox' ? [[1001, undefined], hidden] : [hidden]).toContainEqual(end);
});

test('an open EventSource is told when the page is left, and is no error', async ({
  open,
  collector,
  page,
  site,
}) => {
  await open('/');
  await connect(page, 'EventSource', '/api/live?events=2', 2);
  site.page('/next', '<!doctype html>');
  await page.goto(`${site.origin}/next`);

  const { attributes, status } = await collector.waitForSpan(named('EventSource /api/live'));
  expect(attributes['rootspan.connection.received']).toBe(2);
  // Chromium has closed it as the navigation began, Firefox closes it later.
  expect([attributes['rootspan.aborted'], attributes['rootspan.end_reason']]).toEqual(
    engine() === 'chromium' ? [true, undefined] : [undefined, 'hidden'],
  );
  expect([attributes['error.type'], status.code]).toEqual([undefined, 0]);
});

test('a beacon is a span and arrives as it was', async ({ open, collector, site }) => {
  const page = await open('/');
  await page.evaluate(() =>
    rootspan('span', 'checkout', () => navigator.sendBeacon('/api/visits/1234', 'Grüße')),
  );

  const span = await collector.waitForSpan(named('POST /api/visits/:id'));
  expect(span).toMatchObject({ kind: 3, scope: 'rootspan/beacon', status: { code: 0 } });
  expect(span.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.request.body.size': 7 });
  expect(isChildOf(span, await collector.waitForSpan(named('checkout')))).toBe(true);
  const { body, headers } = await site.waitForRequest('/api/visits');
  expect([body, headers.traceparent]).toEqual(['Grüße', undefined]);
});

test('a beacon that the page sends as it is left is told', async ({ open, collector, page, site }) => {
  await open('/', { body: "<script>onpagehide = () => navigator.sendBeacon('/api/bye', 'bye');</script>" });
  site.page('/next', '<!doctype html>');
  await page.goto(`${site.origin}/next`);

  const span = await collector.waitForSpan(named('POST /api/bye'));
  expect(span.attributes['http.request.body.size']).toBe(3);
  await site.waitForRequest('/api/bye');
});

test('beacons to the collector are not traced', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => {
    navigator.sendBeacon('/v1/traces', new Blob(['{"resourceSpans":[]}'], { type: 'application/json' }));
    navigator.sendBeacon('/api/other');
  });

  await collector.waitForSpan(named('POST /api/other'));
  expect(collector.spans().filter(({ kind }) => kind === 3)).toHaveLength(1);
});
