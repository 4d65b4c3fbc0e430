import type { Page } from 'playwright/test';
import { expect, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';
import './support/window.js';

/** A single-page application: links push a URL and show a text; `data-load` are requests made on the way. */
const APPLICATION = `
  <nav>
    <a id="product" href="/products/42">Product</a>
    <a id="cart" href="/cart" data-load="fetch:/api/cart?delay=200 xhr:/api/prices?delay=300">Cart</a>
 <a id="busy" href="/busy" data-busy="150">Busy</a>
    <a id="slow" href="/slow" data-load="fetch:/api/slow?hang=1">Slow</a>
  </nav>
  <main></main>
  <script>
    const load = (text) => {
      const [, way, url] = /^(\\w+):(.*)$/.exec(text);
      // Read, so that its end is known.
      if (way === 'fetch') return fetch(url).then((response) => response.text());
      const xhr = new XMLHttpRequest();
      xhr.open('GET', url);
      xhr.send();
    };
    const show = () => { document.querySelector('main').textContent = location.pathname + location.hash; };
    document.querySelector('nav').addEventListener('click', (event) => {
      event.preventDefault();
      window.clickedAt = performance.timeOrigin + event.timeStamp;
      const { busy = 0 } = event.target.dataset;
      for (const end = performance.now() + Number(busy); performance.now() < end; );
      history.pushState({}, '', event.target.href);
      show();
      (event.target.dataset.load ?? '').split(' ').filter(Boolean).forEach(load);
    });
    addEventListener('popstate', show);
    addEventListener('hashchange', show);
  </script>`;

declare global {
  interface Window {
    clickedAt: number;
  }
}

/** Agents find route changes in one of two ways; the facts are the same. */
const WAYS: Record<string, (page: Page) => Promise<unknown>> = {
  'the Navigation API': async () => {},
  'the History patch': (page) =>
    page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined })),
};

for (const [way, prepare] of Object.entries(WAYS)) {
  test.describe(`by ${way}`, () => {
    test.beforeEach(async ({ page }) => {
      await prepare(page);
    });

    const routes = (collector: { spans(): { name: string }[] }) =>
      collector
        .spans()
        .map(({ name }) => name)
        .filter((name) => name.startsWith('route_change'));

    test('a clicked link is a route change in a trace of its own, from the click on', async ({
      open,
      collector,
      site,
    }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#product');

      const route = await collector.waitForSpan(named('route_change /products/:id'));
      const load = only(collector.spans(), 'page_load /');
      expect(route).toMatchObject({ kind: 1, parentSpanId: undefined, scope: 'rootspan/navigation' });
      expect(route.attributes).toMatchObject({
        'rootspan.page_view.type': 'route',
        'rootspan.end_reason': 'quiet',
        'url.full': `${site.origin}/products/42`,
        'url.template': '/products/:id',
        'session.id': load.attributes['session.id'],
      });
      expect(route.traceId).not.toBe(load.traceId);
      expect(route.attributes['rootspan.page_view.id']).not.toBe(load.attributes['rootspan.page_view.id']);
      expect(route.startTime).toBeCloseTo(await page.evaluate(() => window.clickedAt), 0);
    });

    test('a page that is long in handling the click makes the route change no shorter', async ({
      open,
      collector,
    }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#busy');

      const route = await collector.waitForSpan(named('route_change /busy'));
      expect(route.startTime).toBeCloseTo(await page.evaluate(() => window.clickedAt), 0);
    });

    test('a replacement that the visitor causes is no redirect of a page view that is still open', async ({
      page,
      site,
      collector,
    }) => {
      const tab = `<button id="tab" onclick="history.replaceState({}, '', '/settings')">Settings</button>`;
      site.serve('/', { body: `${tab}<script>fetch('/api/poll?hang=1')</script>` });
      await page.goto(site.origin);
      await page.click('#tab');

      await collector.waitForSpan(named('route_change /settings'));
      expect(only(collector.spans(), 'page_load /').attributes['rootspan.end_reason']).toBe('superseded');
    });

    test('its requests are its children and hold it open', async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#cart');

      const route = await collector.waitForSpan(named('route_change /cart'));
      for (const name of ['GET /api/cart', 'GET /api/prices']) {
        const request = await collector.waitForSpan(named(name));
        expect(isChildOf(request, route)).toBe(true);
        expect(request.endTime).toBeLessThanOrEqual(route.endTime);
        expect(request.attributes['rootspan.page_view.id']).toBe(route.attributes['rootspan.page_view.id']);
      }
      expect(route.attributes['rootspan.end_reason']).toBe('quiet');
    });

    test('a route change that another one follows is superseded', async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#slow');
      await page.click('#product');

      const first = await collector.waitForSpan(named('route_change /slow'));
      const second = await collector.waitForSpan(named('route_change /products/:id'));
      expect(first.attributes['rootspan.end_reason']).toBe('superseded');
      expect(second.attributes['rootspan.end_reason']).toBe('quiet');
      expect(first.endTime).toBeLessThan(second.endTime);
    });

    test('a request of a superseded route change stays in its trace', async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      await page.evaluate(() => {
        history.pushState({}, '', '/one');
        void fetch('/api/one?delay=300');
        history.pushState({}, '', '/two');
      });

      const request = await collector.waitForSpan(named('GET /api/one'));
      expect(isChildOf(request, only(collector.spans(), 'route_change /one'))).toBe(true);
    });

    test('a storm of replaceState is silent', async ({ open, collector }) => {
      const page = await open('/list', { body: APPLICATION });
      await page.evaluate(() => {
        for (let position = 0; position < 180; position++)
          history.replaceState({}, '', `?scroll=${position}`);
        history.pushState({}, '', '/products/7');
      });

      await collector.waitForSpan(named('route_change /products/:id'));
      expect(routes(collector)).toEqual(['route_change /products/:id']);
    });

    test('a route that redirects at once is one route change', async ({ open, collector, site }) => {
      const page = await open('/', { body: APPLICATION });
      await page.evaluate(() => {
        history.pushState({}, '', '/account');
        history.replaceState({}, '', '/login/7');
      });

      const route = await collector.waitForSpan(named('route_change /login/:id'));
      expect(route.attributes['url.template']).toBe('/login/:id');
      expect(route.attributes['url.full']).toBe(`${site.origin}/login/7`);
      expect(routes(collector)).toHaveLength(1);
    });

    test('a page that redirects as it loads is one page load', async ({ open, collector }) => {
      await open('/', { body: "<script>history.replaceState({}, '', '/en/home')</script>" });

      await collector.waitForSpan(named('page_load /en/home'));
      expect(routes(collector)).toEqual([]);
    });

    test('going back and forth is a route change each', async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#product');
      await collector.waitForSpan(named('route_change /products/:id'));
      await page.goBack();
      await collector.waitForSpan(named('route_change /'));
      await page.goForward();

      await expect.poll(() => routes(collector)).toHaveLength(3);
      expect(routes(collector)[2]).toBe('route_change /products/:id');
    });

    test('the fragments of a hash router are routes', async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      await page.evaluate(() => {
        location.hash = '#/orders/12?tab=items';
      });
      await collector.waitForSpan(named('route_change /#/orders/:id'));
      await page.evaluate(() => {
        location.hash = '#!/orders';
      });

      await collector.waitForSpan(named('route_change /#!/orders'));
      expect(routes(collector)).toHaveLength(2);
    });

    test('an anchor, the same URL and a state alone are no route changes', async ({ open, collector }) => {
      const page = await open('/', { body: `${APPLICATION}<p id="below">below</p>` });
      await page.evaluate(async () => {
        location.hash = 'below';
        history.pushState({ a: 1 }, '', location.href);
        history.pushState({ a: 2 }, '');
        history.replaceState({ a: 3 }, '', location.href);
      });
      await page.click('#product');

      await collector.waitForSpan(named('route_change /products/:id'));
      expect(routes(collector)).toEqual(['route_change /products/:id']);
    });

    test("a pushState that throws is the page's own affair", async ({ open, collector }) => {
      const page = await open('/', { body: APPLICATION });
      const error = await page.evaluate(() => {
        try {
          history.pushState({}, '', 'http://elsewhere.test/');
        } catch (thrown) {
          return (thrown as Error).name;
        }
        return 'none';
      });
      await page.click('#product');

      await collector.waitForSpan(named('route_change /products/:id'));
      expect(error).toBe('SecurityError');
      expect(routes(collector)).toHaveLength(1);
    });

    test('a long request ends with the page view as hidden when the page goes', async ({
      open,
      collector,
    }) => {
      const page = await open('/', { body: APPLICATION });
      await page.click('#slow');
      await page.goto('about:blank');

      const route = await collector.waitForSpan(named('route_change /slow'));
      expect(route.attributes['rootspan.end_reason']).toBe('hidden');
    });
  });
}

test('the History patch works beside a router that patches the object itself', async ({
  open,
  page,
  collector,
}) => {
  await WAYS['the History patch']?.(page);
  await open('/', { body: APPLICATION });
  await page.evaluate(() => {
    const native = history.pushState;
    history.pushState = function pushState(this: History, ...args: Parameters<History['pushState']>) {
      native.apply(this, args);
    };
    history.pushState({}, '', '/wrapped');
  });

  await collector.waitForSpan(named('route_change /wrapped'));
});
