import { type Browser, expect, type Page, test } from 'playwright/test';
import type { CollectedSpan } from '../support/otlp-reader.js';
import type { PageServer } from '../support/page-server.js';
import { withServers } from './support/compare.js';
import { listenToNoise, type PagePlan, pageMarkup, serveScripts } from './support/run-page.js';
import { seenRequests, traceHeaders } from './support/server-view.js';

interface Scene {
  page: Page;
  server: PageServer;
  noise: string[];
  /** Spans of requests whose URL holds `part`, once there are `count` (default 1): they end after the answer is read. */
  requestSpans(part: string, count?: number): Promise<CollectedSpan[]>;
}

const withPage = (browser: Browser, plan: Partial<PagePlan>, use: (scene: Scene) => Promise<void>) =>
  withServers(async (server, collector) => {
    serveScripts(server, plan);
    server.page('/harm.html', pageMarkup({ group: 'lifecycle', ...plan }), plan.responseHeaders);
    const context = await browser.newContext();
    const page = await context.newPage();
    const noise = listenToNoise(page);
    await page.goto(`${server.origin}/harm.html`);
    const read = async (part: string) => {
      await page.evaluate(() =>
        (window as unknown as Record<string, (name: string) => unknown>).rootspan?.('flush'),
      );
      return collector
        .spans()
        .filter(({ kind, attributes }) => kind === 3 && `${attributes['url.full']}`.includes(part));
    };
    const requestSpans: Scene['requestSpans'] = async (part, count = 1) => {
      await expect.poll(async () => (await read(part)).length).toBeGreaterThanOrEqual(count);
      // One more look, for those that are too many.
      return read(part);
    };
    await use({ page, server, noise, requestSpans });
    await context.close();
  });

const SECOND_COPY = `const again = document.createElement('script');
  again.src = '/plan/agent.js?again'; again.dataset.serviceName = 'second'; document.head.append(again);
  window.loaded = new Promise((resolve) => { again.onload = resolve; });`;

test('loaded twice, each request has one header and one span', ({ browser }) =>
  withPage(browser, { after: SECOND_COPY }, async ({ page, server, requestSpans }) => {
    await page.evaluate(() => Reflect.get(window, 'loaded'));

    await page.evaluate(async () => {
      await (await fetch('/api/twice?fetch')).text();
      await new Promise((done) => {
        const xhr = new XMLHttpRequest();
        xhr.onloadend = done;
        xhr.open('GET', '/api/twice?xhr');
        xhr.send();
      });
    });

    const seen = seenRequests(server, '/api/twice');
    expect(seen.map((request) => traceHeaders(request).length)).toEqual([1, 1]);
    expect(await requestSpans('/api/twice', 2)).toHaveLength(2);
  }));

const POLYFILL = `window.fetch = function fetch(input, init = {}) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(init.method || 'GET', String(input.url || input));
    new Headers(init.headers).forEach((value, name) => xhr.setRequestHeader(name, value));
    xhr.onload = () => resolve(new Response(xhr.responseText, { status: xhr.status }));
    xhr.onerror = () => reject(new TypeError('Network request failed'));
    xhr.send(init.body);
  });
};`;

for (const moment of ['before', 'after'] as const) {
  test(`a fetch written upon XMLHttpRequest ${moment} the agent gives one span and one header`, ({
    browser,
  }) =>
    withPage(browser, { [moment]: POLYFILL }, async ({ page, server, requestSpans }) => {
      await page.evaluate(() =>
        fetch('/api/polyfill', { headers: { 'X-Page': '1' } }).then((answer) => answer.text()),
      );

      const seen = seenRequests(server, '/api/polyfill');
      expect(seen.map((request) => traceHeaders(request).length)).toEqual([1]);
      expect(await requestSpans('/api/polyfill')).toHaveLength(1);
    }));
}

const KEEP = `window.kept = ['fetch', 'XMLHttpRequest', 'addEventListener', 'setTimeout', 'Promise'].map((name) => window[name]);
  window.keptMethods = [XMLHttpRequest.prototype, History.prototype, EventTarget.prototype, Response.prototype]
    .map((owner) => Object.getOwnPropertyDescriptors(owner));`;

const isAllAsKept = (): boolean => {
  const { kept, keptMethods } = window as unknown as {
    kept: unknown[];
    keptMethods: PropertyDescriptorMap[];
  };
  const globals = ['fetch', 'XMLHttpRequest', 'addEventListener', 'setTimeout', 'Promise'];
  const owners = [XMLHttpRequest.prototype, History.prototype, EventTarget.prototype, Response.prototype];
  return (
    globals.every((name, index) => Reflect.get(window, name) === kept[index]) &&
    owners.every((owner, index) =>
      Object.entries(keptMethods[index] ?? {}).every(([name, descriptor]) =>
        Object.entries(Object.getOwnPropertyDescriptor(owner, name) ?? {}).every(
          ([key, value]) => Reflect.get(descriptor, key) === value,
        ),
      ),
    )
  );
};

const stop = (page: Page) =>
  page.evaluate(() => (window as unknown as Record<string, (name: string) => unknown>).rootspan?.('stop'));

test('after stop every global is the original again, and requests carry nothing', ({ browser }) =>
  withPage(browser, { before: KEEP }, async ({ page, server }) => {
    expect(await page.evaluate(isAllAsKept)).toBe(false);

    await stop(page);

    expect(await page.evaluate(isAllAsKept)).toBe(true);
    await page.evaluate(() => fetch('/api/stopped'));
    expect(seenRequests(server, '/api/stopped').flatMap(traceHeaders)).toEqual([]);
  }));

test('a wrapper put over ours stays after stop, is called once, and ours lets everything pass', ({
  browser,
}) =>
  withPage(browser, {}, async ({ page, server }) => {
    await page.evaluate(() => {
      const counts = { fetch: 0, open: 0 };
      const { fetch: below } = window;
      const { open } = XMLHttpRequest.prototype;
      Object.assign(window, { counts });
      window.fetch = (...args) => {
        counts.fetch++;
        return below(...args);
      };
      XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
        counts.open++;
        return Reflect.apply(open, this, args);
      } as typeof open;
    });

    await stop(page);
    await page.evaluate(async () => {
      await fetch('/api/over?fetch', { headers: { 'X-Page': '1' } });
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/api/over?xhr', false);
      xhr.send();
    });

    expect(await page.evaluate(() => Reflect.get(window, 'counts'))).toEqual({ fetch: 1, open: 1 });
    expect(seenRequests(server, '/api/over').flatMap(traceHeaders)).toEqual([]);
    expect(seenRequests(server, '/api/over').length).toBe(2);
  }));

test('requests that are under way at stop end as they would', ({ browser }) =>
  withPage(browser, {}, async ({ page, noise }) => {
    const result = page.evaluate(async () => {
      const sent = fetch('/api/late?delay=150&size=5').then((answer) => answer.text());
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/api/late?delay=150&size=6');
      const over = new Promise((done) => {
        xhr.onload = () => done(xhr.responseText);
      });
      xhr.send();
      (window as unknown as Record<string, (name: string) => unknown>).rootspan?.('stop');
      return [await sent, await over];
    });

    expect(await result).toEqual(['xxxxx', 'xxxxxx']);
    expect(noise).toEqual([]);
  }));

const POLICY = `default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'`;
const COUNT_VIOLATIONS = `window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.violatedDirective));`;

test('the strictest policy with trusted types sees no violation, and spans arrive', ({ browser }) =>
  withPage(
    browser,
    { before: COUNT_VIOLATIONS, responseHeaders: { 'Content-Security-Policy': POLICY } },
    async ({ page, noise, requestSpans }) => {
      await page.evaluate(() => fetch('/api/policy').then((answer) => answer.text()));

      expect(await requestSpans('/api/policy')).toHaveLength(1);
      expect(await page.evaluate(() => Reflect.get(window, 'violations'))).toEqual([]);
      expect(noise).toEqual([]);
    },
  ));

test('no cookie is set, and the session is all that is stored', ({ browser }) =>
  withPage(browser, {}, async ({ page, requestSpans }) => {
    await page.evaluate(() => fetch('/api/store'));
    await page.mouse.click(5, 5);
    await requestSpans('/api/store');

    const { cookies, origins } = await page.context().storageState({ indexedDB: true });
    expect(cookies).toEqual([]);
    expect(origins.flatMap(({ localStorage }) => localStorage.map(({ name }) => name))).toEqual([
      'rootspan.session',
    ]);
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual(['rootspan-page-view']);
  }));

test('a page that replaces fetch later does not see the agent’s own requests', ({ browser }) =>
  withPage(
    browser,
    {
      after:
        'const f = fetch; window.seen = []; fetch = (...a) => { seen.push(String(a[0])); return f(...a); };',
    },
    async ({ page, requestSpans }) => {
      await page.evaluate(() => fetch('/api/seen').then((response) => response.text()));

      expect(await requestSpans('/api/seen')).toHaveLength(1);
      expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual(['/api/seen']);
    },
  ));
