import { expect, take, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

const TAG = { logs: '' };

test('what the page writes to the console is a log record of its trace', async ({
  open,
  collector,
  messages,
}) => {
  const page = await open('/', { tag: TAG });
  await page.evaluate(() => {
    console.log('only for developers');
    console.error('payment failed', 402);
  });
  expect(await take(messages, 2)).toEqual(['log: only for developers', 'error: payment failed 402']);

  await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('payment failed 402');
  const view = await collector.waitForSpan(named('page_load /'));
  const lines = collector.logs().filter(({ scope }) => scope === 'rootspan/console');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    traceId: view.traceId,
    spanId: view.spanId,
    severity: 17,
    attributes: {
      'browser.console.method': 'error',
      'session.id': view.attributes['session.id'],
      'rootspan.page_view.id': view.attributes['rootspan.page_view.id'],
    },
  });
});

test('rootspan("log") within a span has its context', async ({ open, collector }) => {
  const page = await open('/', { tag: TAG });
  await page.evaluate(() => {
    rootspan('span', 'checkout', () => rootspan('log', 'info', 'card accepted', { 'order.id': 7 }));
  });

  const span = await collector.waitForSpan(named('checkout'));
  await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('card accepted');
  const record = collector.logs().find(({ body }) => body === 'card accepted');
  expect([record?.traceId, record?.spanId]).toEqual([span.traceId, span.spanId]);
  expect(record?.attributes['order.id']).toBe(7);
});

test('a click that only wrote a line is kept, as the record names it', async ({ open, collector }) => {
  const page = await open('/', {
    tag: TAG,
    body: `<button onclick="rootspan('log', 'warn', 'out of stock')">Buy</button>`,
  });
  await page.click('button');

  const click = await collector.waitForSpan(named('click Buy'));
  expect(click.attributes).toMatchObject({ 'rootspan.interaction.caused': true });
  await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('out of stock');
  expect(collector.logs().find(({ body }) => body === 'out of stock')?.spanId).toBe(click.spanId);
});

test('an uncaught error, the vitals and the session are events of the conventions', async ({
  open,
  site,
  collector,
  messages,
}) => {
  const page = await open('/', { tag: TAG });
  await page.evaluate(
    () =>
      void setTimeout(() => {
        throw new TypeError('broken');
      }),
  );
  const span = await collector.waitForSpan(named('exception'));
  await page.goto(`${site.origin}/dist/rootspan.js`);
  const vitals = await collector.waitForSpan(named('web-vitals'));
  const events = (name: string) => collector.logs().filter(({ eventName }) => eventName === name);
  await expect.poll(() => events('browser.web_vital').length).toBe(vitals.events.length);
  // Sent before, by another connection.
  await expect.poll(() => [events('exception').length, events('session.start').length]).toEqual([1, 1]);

  expect(events('exception')).toEqual([
    expect.objectContaining({
      traceId: span.traceId,
      spanId: span.spanId,
      severity: 17,
      attributes: expect.objectContaining({ 'exception.type': 'TypeError', 'exception.message': 'broken' }),
    }),
  ]);
  expect(events('session.start').map(({ attributes }) => attributes['session.id'])).toEqual([
    span.attributes['session.id'],
  ]);
  const [vital] = events('browser.web_vital');
  expect([vital?.traceId, vital?.spanId, vital?.severity]).toEqual([vitals.traceId, vitals.spanId, 9]);
  expect(vital?.attributes).toMatchObject({
    'browser.web_vital.name': expect.stringMatching(/^(ttfb|fcp|lcp|cls|inp)$/),
    'browser.web_vital.value': expect.any(Number),
    'browser.web_vital.id': expect.any(String),
  });
  expect(await take(messages, 1)).toEqual(['uncaught: broken']);
});

test('a line that is written as the page is left arrives', async ({ page, site, collector, messages }) => {
  site.serve('/', { tag: { logs: '', 'flush-interval': 60_000 } });
  await page.goto(site.origin);
  await page.evaluate(() =>
    addEventListener('pagehide', () => console.warn('last words'), { capture: true }),
  );
  await page.goto(`${site.origin}/dist/rootspan.js`);

  await expect.poll(() => collector.logs().map(({ body }) => body)).toContain('last words');
  // A page that goes does not always tell the test of its console.
  messages.splice(0);
});

test('without the option nothing is sent, and the console is the browser’s own', async ({
  open,
  collector,
  messages,
}) => {
  const page = await open('/');
  await page.evaluate(() => {
    console.error('not for you');
    rootspan('log', 'error', 'nor this');
    rootspan('span', 'after', () => {});
  });

  await collector.waitForSpan(named('after'));
  await page.evaluate(() => rootspan('flush'));
  expect(collector.requests().filter(({ path }) => path.endsWith('/v1/logs'))).toEqual([]);
  expect(await page.evaluate(() => `${console.error}`)).toMatch(
    /^function error\(\) \{\s+\[native code\]\s+\}$/,
  );
  expect(await take(messages, 1)).toEqual(['error: not for you']);
});
