import type { Page } from 'playwright/test';
import { engine } from '../support/engines.js';
import type { PageServer } from '../support/page-server.js';
import { expect, take, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

const REFUSED = 'cors=refuse-headers';

/** What the page gets of a `fetch`: the status, or the name of the error. */
const ask = (page: Page, url: string, method = 'GET'): Promise<number | string> =>
  page.evaluate(
    ([address, how]) =>
      fetch(address as string, { method: how as string }).then(
        ({ status }) => status,
        ({ name }: Error) => name,
      ),
    [url, method],
  );

const askByXhr = (page: Page, url: string): Promise<string[]> =>
  page.evaluate(
    (address) =>
      new Promise((resolve) => {
        const events: string[] = [];
        const xhr = new XMLHttpRequest();
        for (const type of ['readystatechange', 'load', 'error', 'loadend']) {
          xhr.addEventListener(type, () => events.push(`${type} ${xhr.readyState} ${xhr.status}`));
        }
        xhr.addEventListener('loadend', () => resolve(events));
        xhr.open('GET', address);
        xhr.send();
      }),
    url,
  );

/** Method and whether there was a trace header, of each request in order. */
const seen = (site: PageServer, part: string): string[] =>
  site.requests(part).map(({ method, headers }) => `${method}${headers.traceparent ? ' traced' : ''}`);

test('a GET that a preflight has refused is sent again without the header', async ({
  open,
  site,
  collector,
  messages,
}) => {
  const page = await open('/', { tag: { 'propagate-to': site.otherOrigin } });

  expect(await ask(page, `${site.otherOrigin}/api/one?${REFUSED}`)).toBe(200);
  expect(await ask(page, `${site.otherOrigin}/api/two?${REFUSED}`)).toBe(200);
  expect(await ask(page, `${site.otherOrigin}/api/three?${REFUSED}`, 'POST')).toBe(200);

  // After the first the place is spared: no preflight, as without the agent.
  expect(seen(site, '/api/')).toEqual(['OPTIONS', 'GET', 'GET', 'POST']);
  const first = await collector.waitForSpan(named('GET /api/one'));
  const second = await collector.waitForSpan(named('GET /api/two'));
  expect(first).toMatchObject({
    status: { code: 0 },
    attributes: { 'http.response.status_code': 200, 'http.request.resend_count': 1 },
  });
  expect(second.attributes['http.request.resend_count']).toBeUndefined();
  expect(await take(messages, 1)).toEqual([expect.stringContaining(site.otherOrigin)]);
});

test('a GET that a preflight has refused is sent again through a wrapper of the page, too', async ({
  open,
  site,
  collector,
  messages,
}) => {
  const head = '<script>{ const { fetch } = window; window.fetch = (...args) => fetch(...args) }</script>';
  const page = await open('/', { head, tag: { 'propagate-to': site.otherOrigin } });

  expect(await ask(page, `${site.otherOrigin}/api/one?${REFUSED}`)).toBe(200);
  expect(await ask(page, `${site.otherOrigin}/api/two?${REFUSED}`)).toBe(200);

  expect(seen(site, '/api/')).toEqual(['OPTIONS', 'GET', 'GET']);
  const first = await collector.waitForSpan(named('GET /api/one'));
  expect(first.attributes['http.request.resend_count']).toBe(1);
  expect(await take(messages, 1)).toEqual([expect.stringContaining(site.otherOrigin)]);
});

test('what the document has preloaded is not loaded again', async ({ open, site }) => {
  const head = '<link rel="preload" as="fetch" href="/api/boot" crossorigin>';
  const page = await open('/', { head });
  await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/api/boot`).length);

  expect(await ask(page, '/api/boot')).toBe(200);
  expect(await ask(page, '/api/boot')).toBe(200);

  // The browser hands the first what it has; the second is one as any other.
  expect(seen(site, '/api/')).toEqual(['GET', 'GET traced']);
});

test('a place stays spared in the pages that follow, other places are not', async ({
  open,
  page,
  site,
  messages,
}) => {
  await open('/', { tag: { 'propagate-to': site.otherOrigin } });
  await ask(page, `${site.otherOrigin}/api/one?${REFUSED}`);
  await take(messages, 1);
  await page.reload();

  expect(await ask(page, `${site.otherOrigin}/api/one?${REFUSED}`)).toBe(200);
  expect(await ask(page, '/api/own')).toBe(200);

  expect(seen(site, '/api/')).toEqual(['OPTIONS', 'GET', 'GET', 'GET traced']);
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`an own URL that redirects with ${status} to an origin without CORS for the header works`, async ({
    open,
    site,
    messages,
  }) => {
    const page = await open('/');
    const target = encodeURIComponent(`${site.otherOrigin}/api/target?${REFUSED}`);
    const url = `/api/files/1234?status=${status}&redirect=${target}`;

    expect(await ask(page, url)).toBe(200);
    expect(await ask(page, url.replace('1234', '5678'))).toBe(200);

    expect(seen(site, '/api/files')).toEqual(['GET traced', 'GET', 'GET']);
    expect(seen(site, '/api/target').filter((one) => one === 'GET')).toHaveLength(2);
    expect(await take(messages, 1)).toEqual([expect.stringContaining('/api/files/:id')]);
  });
}

test('the second attempt has the headers of the page, whatever form they have', async ({
  open,
  site,
  messages,
}) => {
  const page = await open('/', { tag: { 'propagate-to': site.otherOrigin } });
  const read = await page.evaluate(
    async ([other]) => {
      const url = `${other}/api/forms`;
      const reads: string[] = [];
      const pairs = [['Accept', 'text/a']];
      const record = {
        get Accept() {
          reads.push('value');
          return 'text/b';
        },
      };
      const forget = () => sessionStorage.removeItem('rootspan-spared');
      const refused = '?cors=refuse-headers';
      const inits: RequestInit[] = [
        { headers: pairs as [string, string][] },
        { headers: record },
        {
          headers: (function* () {
            yield ['Accept', 'text/c'];
          })() as unknown as [string, string][],
        },
        { headers: new Headers({ Accept: 'text/d' }) },
      ];
      for (const init of inits) {
        const promise = fetch(url + refused, init);
        // Too late: the request has been made.
        pairs[0] = ['Accept', 'text/late'];
        await promise;
        forget();
      }
      const request = new Request(url + refused, { headers: { Accept: 'text/e' } });
      await fetch(request);
      forget();
      await fetch(request, { headers: { Accept: 'text/f' } });
      return { reads, own: [...request.headers] };
    },
    [site.otherOrigin],
  );

  const gets = site.requests('/api/forms').filter(({ method }) => method === 'GET');
  expect(gets.map(({ headers }) => headers.accept)).toEqual(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `text/${name}`),
  );
  expect(gets.filter(({ headers }) => headers.traceparent)).toEqual([]);
  expect(read).toEqual({ reads: ['value'], own: [['accept', 'text/e']] });
  await take(messages, 6);
});

test('another method is not repeated, and its place is spared', async ({ open, site, messages }) => {
  const page = await open('/', { tag: { 'propagate-to': site.otherOrigin } });
  const url = `${site.otherOrigin}/api/order?${REFUSED}`;

  expect(await ask(page, url, 'POST')).toBe('TypeError');
  expect(seen(site, '/api/')).toEqual(['OPTIONS']);
  expect(await ask(page, url, 'POST')).toBe(200);

  expect(seen(site, '/api/')).toEqual(['OPTIONS', 'POST']);
  await take(messages, 1);
});

test('an XMLHttpRequest is not repeated, as its listeners would see it, and its place is spared', async ({
  open,
  site,
  messages,
}) => {
  const page = await open('/', { tag: { 'propagate-to': site.otherOrigin } });
  const url = `${site.otherOrigin}/api/xhr?${REFUSED}`;

  expect(await askByXhr(page, url)).toEqual([
    'readystatechange 1 0',
    'readystatechange 4 0',
    'error 4 0',
    'loadend 4 0',
  ]);
  expect(await askByXhr(page, url)).toContain('load 4 200');

  expect(seen(site, '/api/')).toEqual(['OPTIONS', 'GET']);
  await take(messages, 1);
});

// On each connection that was open before, the browser itself sends a request once more, Firefox up to ten times: with
// the same headers. Of that Chromium tells nothing.
test('a server that is down is asked once more by a GET, and its place is not spared', async ({
  open,
  site,
}) => {
  const page = await open('/');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/down?close=1')) asked.push(request.method());
  });
  expect(await ask(page, '/api/down?close=1')).toBe('TypeError');
  const requests = seen(site, '/api/down');
  expect([...new Set(requests)]).toEqual(['GET traced', 'GET']);
  if (engine() === 'firefox') expect(requests.length).toBeLessThanOrEqual(2 * 10);
  else await expect.poll(() => asked).toEqual(['GET', 'GET']);

  expect(await ask(page, '/api/down')).toBe(200);
  expect(seen(site, '/api/down').at(-1)).toBe('GET traced');
});

test('a server that is down gets another method as often as without the agent', async ({
  open,
  site,
  messages,
}) => {
  const page = await open('/');
  expect(await ask(page, '/api/down?close=1', 'POST')).toBe('TypeError');

  expect(new Set(seen(site, '/api/down'))).toEqual(new Set(['POST traced']));
  await take(messages, 1);
});

test('a place where headers have worked is not asked twice', async ({ open, site }) => {
  const page = await open('/');
  await ask(page, '/api/proven/1001');
  for (const method of ['GET', 'POST']) {
    expect(await ask(page, '/api/proven/1002?close=1', method)).toBe('TypeError');
  }

  expect(new Set(seen(site, '/api/proven'))).toEqual(new Set(['GET traced', 'POST traced']));
});

test('what the page gives up, or the network, is neither repeated nor spared', async ({ open, site }) => {
  const page = await open('/', { tag: { 'propagate-to': site.otherOrigin } });
  await page.evaluate(() => {
    const controllers = [new AbortController(), new AbortController()];
    const names = controllers.map(({ signal }, number) =>
      fetch(`/api/place?hang=${number + 1}`, { signal }).catch(({ name }: Error) => name),
    );
    const giveUp = () => {
      // As `AbortSignal.timeout` does.
      controllers[0]?.abort(new DOMException('late', 'TimeoutError'));
      controllers[1]?.abort();
      return Promise.all(names);
    };
    Object.assign(window, { giveUp });
  });
  await expect.poll(() => site.requests('/api/place')).toHaveLength(2);
  expect(await page.evaluate('giveUp()')).toEqual(['TimeoutError', 'AbortError']);

  await page.context().setOffline(true);
  // The browser takes its time to go off and on line.
  await expect.poll(() => ask(page, '/api/probe')).toBe('TypeError');
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(false);
  expect(await ask(page, '/api/place')).toBe('TypeError');
  expect(await ask(page, '/api/place', 'POST')).toBe('TypeError');
  expect(await askByXhr(page, '/api/place')).toContain('error 4 0');
  expect(site.requests('/api/place')).toHaveLength(2);
  await page.context().setOffline(false);
  await expect.poll(() => ask(page, '/api/probe')).toBe(200);
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(true);

  expect(await ask(page, '/api/place')).toBe(200);
  expect(seen(site, '/api/place')).toEqual(['GET traced', 'GET traced', 'GET traced']);
});

test('an argument that the browser refuses is not held against the header', async ({ open, page, site }) => {
  await open('/');
  const messages = await page.evaluate(async () => {
    const ask = (init: RequestInit) => fetch('/api/a', init).catch(({ name }: Error) => name);
    return [await ask({ method: 'POST', headers: { 'x y': '1' } }), await ask({ body: 'a' })];
  });
  expect(messages).toEqual(['TypeError', 'TypeError']);

  expect(await ask(page, '/api/a', 'POST')).toBe(200);
  expect(seen(site, '/api/a')).toEqual(['POST traced']);
});

test('a GET that fails twice and that nobody catches is reported once', async ({ open, messages }) => {
  const page = await open('/');
  await page.evaluate(() => {
    void fetch('/api/gone?close=1');
  });

  expect(await take(messages, 1)).toEqual([
    expect.stringMatching(/^uncaught: (Failed to fetch|NetworkError when attempting to fetch resource\.)$/),
  ]);
});
