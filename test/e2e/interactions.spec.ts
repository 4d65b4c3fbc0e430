import type { Page } from 'playwright/test';
import { needs } from '../support/engines.js';
import type { CollectedSpan } from '../support/otlp-reader.js';
import { without } from './support/entries.js';
import { expect, take, test } from './support/fixtures.js';
import { isChildOf, named, only } from './support/spans.js';

declare global {
  interface Window {
    told?: number;
  }
}

/** A page whose controls do one thing each. */
const BODY = `
  <main>
    <button id="buy" data-do="post">Add to <b>cart</b></button>
    <button id="chain" data-do="chain">Order</button>
    <button id="nothing">Nothing</button>
    <button id="text" data-do="text">Show text</button>
    <button id="slow" data-do="slow">Compute</button>
    <button id="broken" data-do="fail">Broken</button>
    <button id="secret" data-do="post" data-rootspan-mask>Pay for ann@example.com</button>
    <button id="named" data-do="post" data-rootspan-name="Buy now">Kaufen</button>
    <button id="mail" data-do="post">Write to ann@example.com 12345</button>
    <button id="label" data-do="post" aria-label="Close dialog">x</button>
    <a id="link" href="/products/42" data-do="route">Product</a>
    <form id="search" data-do="post"><input id="query" name="q" aria-label="Search"><button>Go</button></form>
    <input id="chat" placeholder="Message">
    <p id="prose">Some text to read.</p>
    <my-button id="web"></my-button>
    <my-menu id="menu"></my-menu>
    <output></output>
  </main>
  <script>
    const output = document.querySelector('output');
    const actions = {
      post: () => fetch('/api/cart', { method: 'POST', body: '1' }),
      chain: async () => {
        const response = await fetch('/api/one');
        await response.json();
        await fetch('/api/two');
      },
      text: () => { output.textContent = 'shown ' + performance.now(); },
      slow: () => { const end = performance.now() + 300; while (performance.now() < end); },
      fail: () => { output.textContent = 'failing'; throw new Error('no stock'); },
      route: () => { history.pushState({}, '', '/products/42'); fetch('/api/product'); },
    };
    document.addEventListener('click', (event) => {
      const control = event.target.closest('a, button');
      const action = control && actions[control.dataset.do];
      if (control?.matches('a')) event.preventDefault();
      action?.();
    });
    document.addEventListener('submit', (event) => {
      event.preventDefault();
      actions.post();
    });
    document.querySelector('#chat').addEventListener('keydown', (event) => {
      if (event.key === 'Enter') fetch('/api/chat');
    });
    customElements.define('my-menu', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<button>Menu</button>';
        root.querySelector('button').addEventListener('click', () => root.append('Home'));
      }
    });
    customElements.define('my-button', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = '<button>Inside</button>';
        root.querySelector('button').addEventListener('click', () => fetch('/api/inside'));
      }
    });
  </script>`;

const start = async (visit: (path: string, options: { body: string }) => Promise<Page>) =>
  visit('/shop', { body: BODY });

const isInteraction = ({ scope }: CollectedSpan) => scope === 'rootspan/interactions';

test('a click is the root of the request that it causes, with a link to the page view', async ({
  open,
  collector,
}) => {
  const page = await start(open);
  await page.click('#buy b');

  const click = await collector.waitForSpan(isInteraction);
  const request = only(collector.spans(), 'POST /api/cart');

  expect(click.name).toBe('click Add to cart');
  expect(isChildOf(request, click)).toBe(true);
  expect(click.parentSpanId).toBeUndefined();
  expect(click.links.map(({ spanId }) => spanId)).toEqual([
    only(collector.spans(), 'page_load /shop').spanId,
  ]);
  expect(click.endTime).toBeGreaterThanOrEqual(request.endTime);
  expect(click.attributes).toMatchObject({
    'rootspan.interaction.type': 'click',
    'rootspan.interaction.target': 'button',
    'rootspan.interaction.caused': true,
  });
});

test('a chain of awaited requests is below the click', async ({ open, collector }) => {
  const page = await start(open);
  await page.click('#chain');

  const click = await collector.waitForSpan(isInteraction);

  const below = collector.spans().filter((span) => isChildOf(span, click));
  expect(below.map(({ name }) => name)).toEqual(['GET /api/one', 'GET /api/two']);
});

test('clicks that change the page or some text are not told, a dead one is', async ({
  page: tab,
  open,
  collector,
}) => {
  // Nor is how slow they were, which is the machine's.
  await without(tab, 'event');
  const page = await start(open);
  await page.click('#text');
  await page.click('#prose');
  await page.click('#menu');
  await page.click('#nothing');
  const dead = await collector.waitForSpan(isInteraction);
  await page.click('#buy');
  await collector.waitForSpan(named('click Add to cart'));

  expect(dead.name).toBe('click Nothing');
  expect(dead.attributes['rootspan.interaction.dead']).toBe(true);
  expect(collector.spans().filter(isInteraction)).toHaveLength(2);
});

/** `#slow` makes a request too; what the clicks request is answered when the browser has told how slow so many of them were. */
const holdUntilTold = async (page: Page, count: number): Promise<void> => {
  await page.evaluate(() => {
    // After the agent's observer, which was there before.
    new PerformanceObserver((list) => {
      const told = list.getEntries().filter(({ name }) => name === 'click').length;
      window.told = (window.told ?? 0) + told;
    }).observe({ type: 'event', durationThreshold: 200 } as PerformanceObserverInit); // not yet in TypeScript's library
    document.querySelector('#slow')?.addEventListener('click', () => void fetch('/api/first'));
  });
  await page.route(/\/api\/(first|cart)$/, async (route) => {
    await page.waitForFunction((all) => window.told === all, count);
    await route.continue();
  });
};

test('a slow click tells how long the visitor waited, and for what', async ({ open, collector }) => {
  const page = await start(open);
  await holdUntilTold(page, 1);
  await page.click('#slow');

  const { attributes } = await collector.waitForSpan(named('click Compute'));

  expect(attributes['rootspan.interaction.slow']).toBe(true);
  expect(attributes['rootspan.interaction.duration_ms']).toBeGreaterThanOrEqual(296);
  expect(attributes['rootspan.interaction.processing_ms']).toBeGreaterThanOrEqual(290);
  expect(attributes['rootspan.interaction.delay_ms']).toBeGreaterThanOrEqual(0);
});

test('a slow click that nothing came of is a dead one', async ({ open, collector }) => {
  const page = await start(open);
  await page.click('#slow');

  const { attributes } = await collector.waitForSpan(named('click Compute'));

  expect(attributes['rootspan.interaction.dead']).toBe(true);
});

test('an error in a listener is on the click', async ({ open, collector, messages }) => {
  const page = await start(open);
  await page.click('#broken');

  const click = await collector.waitForSpan(named('click Broken'));

  expect(click.status.code).toBe(2);
  expect(click.attributes).toMatchObject({ 'rootspan.interaction.caused': true });
  expect(click.attributes).not.toHaveProperty(['rootspan.interaction.dead']);
  expect(click.events.map(({ name }) => name)).toEqual(['exception']);
  expect(await take(messages, 1)).toEqual(['uncaught: no stock']);
});

test('clicks in rage are marked', async ({ open, collector }) => {
  const page = await start(open);
  const box = await page.locator('#text').boundingBox();
  // At once: the time between two would be the machine's.
  const click = () => page.mouse.click((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
  await Promise.all([click(), click(), click(), click()]);

  const rage = await collector.waitForSpan(
    ({ attributes }) => attributes['rootspan.interaction.rage'] === true,
  );

  expect(rage.name).toBe('click Show text');
});

test('three clicks that select a text are no rage', async ({ page: tab, open, collector }) => {
  needs('clicks that select');
  await without(tab, 'event');
  const page = await start(open);
  await page.click('#prose', { clickCount: 3 });
  await page.click('#buy');
  await collector.waitForSpan(named('click Add to cart'));

  expect(collector.spans().filter(isInteraction)).toHaveLength(1);
});

const NAMES: Record<string, string> = {
  secret: 'click button',
  named: 'click Buy now',
  mail: 'click Write to … …',
  label: 'click Close dialog',
  web: 'click Inside',
};
for (const [id, name] of Object.entries(NAMES)) {
  test(`a click on #${id} is named "${name}"`, async ({ open, collector }) => {
    const page = await start(open);
    await page.locator(id === 'web' ? '#web button' : `#${id}`).click();

    expect((await collector.waitForSpan(isInteraction)).name).toBe(name);
  });
}

test('Enter in a form is one interaction, a submit of it too', async ({ open, collector }) => {
  const page = await start(open);
  await page.locator('#query').fill('secret words');
  await page.locator('#query').press('Enter');

  const key = await collector.waitForSpan(isInteraction);
  expect(key.name).toBe('key Search');
  expect(isChildOf(only(collector.spans(), 'POST /api/cart'), key)).toBe(true);

  await page.click('#search button');
  expect((await collector.waitForSpan(named('click Go'))).attributes['rootspan.interaction.caused']).toBe(
    true,
  );
  expect(collector.spans().filter(isInteraction)).toHaveLength(2);
});

test('Enter in a field without a form is an interaction, other keys are none', async ({
  open,
  collector,
}) => {
  const page = await start(open);
  await page.locator('#chat').pressSequentially('hi');
  await page.locator('#chat').press('Enter');

  const key = await collector.waitForSpan(isInteraction);

  expect(key.name).toBe('key Message');
  expect(collector.spans().filter(isInteraction)).toHaveLength(1);
});

test('a route change is linked to its click, and has the requests made on the way', async ({
  open,
  collector,
}) => {
  const page = await start(open);
  await page.click('#link');

  const click = await collector.waitForSpan(isInteraction);
  const route = only(collector.spans(), 'route_change /products/:id');
  const request = only(collector.spans(), 'GET /api/product');

  expect(click.name).toBe('click Product');
  expect(route.links.map(({ spanId }) => spanId)).toContain(click.spanId);
  expect(route.traceId).not.toBe(click.traceId);
  expect(isChildOf(request, route)).toBe(true);
});

test('nothing that a visitor typed leaves the page', async ({ open, collector }) => {
  const page = await start(open);
  await page.locator('#query').fill('secret words');
  await page.locator('#query').press('Enter');
  await page.locator('#chat').fill('more secret words');
  await page.locator('#chat').press('Enter');
  await collector.waitForSpan(named('key Message'));

  expect(
    collector
      .requests()
      .map(({ body }) => body)
      .join(),
  ).not.toContain('secret');
});

test('events that a script makes are none of a visitor', async ({ open, collector }) => {
  const page = await start(open);
  await page.evaluate(() => document.querySelector<HTMLElement>('#buy')?.click());
  await collector.waitForSpan(named('POST /api/cart'));
  await page.click('#chain');
  await collector.waitForSpan(isInteraction);

  expect(collector.spans().filter(isInteraction)).toHaveLength(1);
});

test('an interaction under way arrives when the page is left', async ({ open, collector, site }) => {
  const page = await start(open);
  await page.evaluate(() => {
    document.querySelector('#nothing')?.addEventListener('click', () => void fetch('/api/slow?delay=5000'));
  });
  await page.click('#nothing');
  await page.goto(`${site.origin}/elsewhere`);

  expect((await collector.waitForSpan(isInteraction)).name).toBe('click Nothing');
});

test('clicks that the page was too busy to hear of are one each', async ({ open, collector }) => {
  needs('the DevTools protocol');
  const page = await start(open);
  const [slow, buy] = await Promise.all(['#slow', '#buy'].map((id) => page.locator(id).boundingBox()));
  await holdUntilTold(page, 2);
  const client = await page.context().newCDPSession(page);
  // Playwright itself waits until the page has heard of the first.
  const press = (box: typeof slow) =>
    (['mousePressed', 'mouseReleased'] as const).map((type) =>
      client.send('Input.dispatchMouseEvent', {
        ...{ type, x: (box?.x ?? 0) + 5, y: (box?.y ?? 0) + 5 },
        ...{ button: 'left', clickCount: 1 },
      }),
    );
  await Promise.all([...press(slow), ...press(buy)]);

  const click = await collector.waitForSpan(named('click Add to cart'));
  const first = await collector.waitForSpan(named('click Compute'));
  const below = (span: CollectedSpan) =>
    collector
      .spans()
      .filter((each) => isChildOf(each, span))
      .map(({ name }) => name);
  expect(below(first)).toEqual(['GET /api/first']);
  expect(below(click)).toEqual(['POST /api/cart']);
  expect(click.attributes['rootspan.interaction.slow']).toBe(true);
});
