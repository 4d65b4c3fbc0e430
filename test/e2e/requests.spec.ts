import type { Page } from 'playwright/test';
import { expect, take, test } from './support/fixtures.js';
import { isChildOf, named, only, traceparentOf } from './support/spans.js';
import './support/window.js';

type Way = 'fetch' | 'xhr';

/** Makes a request in the page and waits for its end, whatever that is. */
const request = (page: Page, way: Way, url: string): Promise<void> =>
  page.evaluate(
    async ([how, address]) => {
      if (how === 'fetch') await fetch(address as string).catch(() => {});
      else {
        await new Promise((resolve) => {
          const xhr = new XMLHttpRequest();
          xhr.onloadend = resolve;
          xhr.open('GET', address as string);
          xhr.send();
        });
      }
    },
    [way, url],
  );

for (const way of ['fetch', 'xhr'] as const) {
  test.describe(`${way}`, () => {
    test('sends the ids of its span and says what happened', async ({ open, collector, site }) => {
      const page = await open('/');
      await request(page, way, '/api/orders/1234?q=1&api_key=s3cret');

      const span = await collector.waitForSpan(named('GET /api/orders/:id'));
      expect(site.requests('/api/orders')[0]?.headers.traceparent).toBe(traceparentOf(span));
      expect(span).toMatchObject({ kind: 3, scope: `rootspan/${way}`, status: { code: 0 } });
      expect(span.attributes).toMatchObject({
        'http.request.method': 'GET',
        'http.response.status_code': 200,
        'url.full': `${site.origin}/api/orders/1234?q=1&api_key=REDACTED`,
        'url.template': '/api/orders/:id',
        'server.address': '127.0.0.1',
        'server.port': Number(new URL(site.origin).port),
      });
      expect(span.attributes['error.type']).toBeUndefined();
    });

    for (const status of [404, 500]) {
      test(`with status ${status} is an error`, async ({ open, collector }) => {
        const page = await open('/');
        await request(page, way, `/api/bad?status=${status}`);

        const { attributes, status: outcome } = await collector.waitForSpan(named('GET /api/bad'));
        expect(outcome.code).toBe(2);
        expect(attributes).toMatchObject({ 'http.response.status_code': status, 'error.type': `${status}` });
      });
    }

    test('that fails on the network is an error without a status code', async ({
      open,
      collector,
      messages,
    }) => {
      const page = await open('/');
      await request(page, way, '/api/cut?close=1');

      const { attributes, status } = await collector.waitForSpan(named('GET /api/cut'));
      expect(status.code).toBe(2);
      expect(attributes['error.type']).toBe(way === 'fetch' ? 'TypeError' : 'NetworkError');
      expect(attributes['http.response.status_code']).toBeUndefined();
      // A fetch was repeated in vain; that of an XMLHttpRequest nobody knows, and its place gets no header any more.
      if (way === 'xhr')
        expect((await take(messages, 1))[0]).toContain('/api/cut gets no trace headers any more');
    });

    test('that is redirected has the status of the last answer', async ({ open, collector, site }) => {
      const page = await open('/');
      await request(page, way, '/api/from?redirect=/api/to');

      const span = await collector.waitForSpan(named('GET /api/from'));
      expect(span.attributes['http.response.status_code']).toBe(200);
      expect(site.requests('/api/to')[0]?.headers.traceparent).toBe(traceparentOf(span));
    });

    test('to another origin carries nothing and costs no preflight', async ({ open, collector, site }) => {
      const page = await open('/');
      const host = new URL(site.otherOrigin).host;
      const spellings = [
        `${site.otherOrigin}/api/x?1`,
        `//${host}/api/x?2`,
        `\\\\${host}/api/x?3`,
        `HTTP://${host}/api/x?4`,
        ` http:\\\\${host}\\api\\x?5`,
        `${site.otherOrigin}/api/x?u=${site.origin}`,
        `${site.otherOrigin}/api/x?7#${site.origin}`,
        `http://localhost:${new URL(site.origin).port}/api/x?8`,
        `${site.otherOrigin}/api/../api/x?9`,
      ];
      for (const spelling of spellings) await request(page, way, spelling);

      await expect.poll(() => collector.spans().filter(({ kind }) => kind === 3)).toHaveLength(9);
      const received = site.requests('/api/x');
      expect(received.map(({ method }) => method)).toEqual(spellings.map(() => 'GET'));
      expect(
        received.flatMap(({ headers }) => Object.keys(headers)).filter((name) => /^trace/.test(name)),
      ).toEqual([]);
    });

    test('to an allowed origin carries the ids of its span', async ({ page, site, collector }) => {
      site.serve('/', { tag: { 'propagate-to': `${site.otherOrigin}/api/mine` } });
      await page.goto(site.origin);
      await request(page, way, `${site.otherOrigin}/api/mine/1`);
      await request(page, way, `${site.otherOrigin}/api/mined`);

      const span = await collector.waitForSpan(named('GET /api/mine/:id'));
      const sent = site.requests('/api/mine').filter(({ method }) => method === 'GET');
      expect(sent.map(({ headers }) => headers.traceparent)).toEqual([traceparentOf(span), undefined]);
    });

    test('to the look-alike of an allowed origin carries nothing', async ({ page, site, collector }) => {
      // One digit less: a prefix of the text, not the same port.
      site.serve('/', { tag: { 'propagate-to': site.otherOrigin.slice(0, -1) } });
      await page.goto(site.origin);
      await request(page, way, `${site.otherOrigin}/api/alike`);

      await collector.waitForSpan(named('GET /api/alike'));
      expect(site.requests('/api/alike').map(({ method, headers }) => [method, headers.traceparent])).toEqual(
        [['GET', undefined]],
      );
    });

    test('to a forbidden place of the own origin has a span, but no header', async ({
      page,
      site,
      collector,
    }) => {
      site.serve('/', { tag: { 'never-propagate-to': '/api/legacy' } });
      await page.goto(site.origin);
      await request(page, way, '/api/legacy/x');
      await request(page, way, '/api/modern');

      await collector.waitForSpan(named('GET /api/legacy/x'));
      const headers = site.requests('/api/').map(({ headers: { traceparent } }) => typeof traceparent);
      expect(headers).toEqual(['undefined', 'string']);
    });

    test('to an ignored URL leaves no trace', async ({ page, site, collector }) => {
      site.serve('/', { config: 'ignoreUrls: [/\\/api\\/poll/, ({ url }) => url.search === "?silent"]' });
      await page.goto(site.origin);
      await request(page, way, '/api/poll');
      await request(page, way, '/api/any?silent');
      await request(page, way, '/api/last');

      await collector.waitForSpan(named('GET /api/last'));
      expect(collector.spans().filter(({ kind }) => kind === 3)).toHaveLength(1);
      expect(site.requests('/api/').map(({ headers: { traceparent } }) => typeof traceparent)).toEqual([
        'undefined',
        'undefined',
        'string',
      ]);
    });

    test('inside a span is its child', async ({ open, collector, site }) => {
      const page = await open('/');
      await page.evaluate(
        ([how]) =>
          rootspan('span', 'checkout', () => {
            if (how === 'fetch') void fetch('/api/pay');
            else {
              const xhr = new XMLHttpRequest();
              xhr.open('GET', '/api/pay');
              xhr.send();
            }
          }),
        [way],
      );

      const child = await collector.waitForSpan(named('GET /api/pay'));
      expect(isChildOf(child, await collector.waitForSpan(named('checkout')))).toBe(true);
      expect(site.requests('/api/pay')[0]?.headers.traceparent).toBe(traceparentOf(child));
    });

    test('after the page view is a root of its own, linked to it', async ({ open, collector }) => {
      const page = await open('/');
      await request(page, way, '/api/later');

      const span = await collector.waitForSpan(named('GET /api/later'));
      const view = only(collector.spans(), 'page_load /');
      expect(span.parentSpanId).toBeUndefined();
      expect(span.traceId).not.toBe(view.traceId);
      expect(span.links).toEqual([expect.objectContaining({ traceId: view.traceId, spanId: view.spanId })]);
      expect(span.attributes['rootspan.sample_rate']).toBe(1);
    });

    test('with a traceparent of its own keeps it', async ({ open, collector, site }) => {
      const page = await open('/');
      const own = '00-11111111111111111111111111111111-2222222222222222-01';
      await page.evaluate(
        async ([how, value]) => {
          if (how === 'fetch') await fetch('/api/own', { headers: { TraceParent: value as string } });
          else {
            const xhr = new XMLHttpRequest();
            xhr.open('GET', '/api/own');
            xhr.setRequestHeader('TraceParent', value as string);
            xhr.send();
          }
        },
        [way, own],
      );

      await collector.waitForSpan(named('GET /api/own'));
      expect(site.requests('/api/own')[0]?.headers.traceparent).toBe(own);
    });
  });
}

test('a fetch that the application aborts is marked, but no error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(async () => {
    const controller = new AbortController();
    const promise = fetch('/api/abort?hang=1', { signal: controller.signal });
    controller.abort();
    await promise.catch(() => {});
  });

  const { attributes, status } = await collector.waitForSpan(named('GET /api/abort'));
  expect(status.code).toBe(0);
  expect(attributes['rootspan.aborted']).toBe(true);
  expect(attributes['error.type']).toBeUndefined();
});

test('a fetch that takes longer than its signal allows is an error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => fetch('/api/late?hang=1', { signal: AbortSignal.timeout(50) }).catch(() => {}));

  const { attributes, status } = await collector.waitForSpan(named('GET /api/late'));
  expect(status.code).toBe(2);
  expect(attributes['error.type']).toBe('timeout');
});

test('an XMLHttpRequest that the application aborts is marked, but no error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/abort?hang=1');
    xhr.send();
    xhr.abort();
  });

  const { attributes, status } = await collector.waitForSpan(named('GET /api/abort'));
  expect(status.code).toBe(0);
  expect(attributes['rootspan.aborted']).toBe(true);
});

test('an XMLHttpRequest that takes longer than its timeout is an error', async ({ open, collector }) => {
  const page = await open('/');
  await page.evaluate(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/late?hang=1');
    xhr.timeout = 50;
    xhr.send();
  });

  const { attributes, status } = await collector.waitForSpan(named('GET /api/late'));
  expect(status.code).toBe(2);
  expect(attributes['error.type']).toBe('timeout');
});

test('requests of the page and of the agent to the collector are never traced', async ({
  page,
  site,
  collector,
}) => {
  // Relative to the document, as a page may well write it.
  site.serve('/deep/page', {
    tag: { endpoint: '../v1/traces', 'ignore-urls': '/rootspan.js /favicon.ico' },
  });
  await page.goto(`${site.origin}/deep/page`);
  await collector.waitForSpan(named('page_load /deep/page'));
  await page.evaluate(async () => {
    const post = { method: 'POST', body: '{"resourceSpans":[]}' };
    await fetch('/v1/traces?by=fetch', post);
    const xhr = new XMLHttpRequest();
    xhr.open(post.method, '/v1/traces');
    xhr.send(post.body);
  });
  await request(page, 'fetch', '/api/done');

  await collector.waitForSpan(named('GET /api/done'));
  const names = collector.spans().map(({ name }) => name);
  // A slow machine may have long frames too.
  expect(names.filter((name) => name !== 'long_frame')).toEqual(['page_load /deep/page', 'GET /api/done']);
  expect(collector.requests().filter(({ headers }) => headers.traceparent)).toEqual([]);
});

test('the bodies and methods of requests arrive as they were', async ({ open, collector, site }) => {
  const page = await open('/');
  await page.evaluate(async () => {
    await fetch(new Request('/api/echo?1', { method: 'PUT', body: 'one', headers: { 'X-A': '1' } }));
    await fetch('/api/echo?2', { method: 'post', body: new URLSearchParams({ two: '2' }) });
    await fetch(new URL('/api/echo?3', location.href), { method: 'DELETE', headers: [['X-B', '2']] });
  });

  await collector.waitForSpan(named('DELETE /api/echo'));
  const seen = site
    .requests('/api/echo')
    .map(({ method, body, headers }) => [method, body, headers['x-a'] ?? headers['x-b']]);
  expect(seen).toEqual([
    ['PUT', 'one', '1'],
    ['POST', 'two=2', undefined],
    ['DELETE', '', '2'],
  ]);
});
