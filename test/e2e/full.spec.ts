import { expect, type Site, take, test } from './support/fixtures.js';
import { named, traceparentOf } from './support/spans.js';
import './support/window.js';

/** A page with the script that has everything, its options in the tag or in a call. */
const serve = (site: Site, attributes: string, call = ''): void =>
  site.page('/', `<!doctype html><script src="/rootspan-full.js" ${attributes}></script>${call}`);

test('the tag names header formats, and baggage by its keys', async ({ page, site, collector }) => {
  serve(site, 'data-flush-interval="100" data-propagators="w3c b3 baggage(session.id, app.tenant)"');
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('setBaggage', { 'app.tenant': 'acme' });
    return fetch('/api/orders');
  });

  const span = await collector.waitForSpan(named('GET /api/orders'));
  const { headers } = site.requests('/api/orders')[0] ?? { headers: {} as Record<string, string> };
  expect(headers.traceparent).toBe(traceparentOf(span));
  expect(headers.b3).toBe(`${span.traceId}-${span.spanId}-1`);
  expect(headers.baggage).toBe(`session.id=${span.attributes['session.id']},app.tenant=acme`);
});

test('the tag names rules that keep an unsampled session', async ({ page, site, collector }) => {
  serve(site, 'data-flush-interval="100" data-sample-rate="0" data-promote="onError named(checkout)"');
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('span', 'browse', () => {}));
  await page.evaluate(() => rootspan('span', 'checkout', () => {}));

  const span = await collector.waitForSpan(named('checkout'));
  await collector.waitForSpan(named('browse'));
  expect(span.attributes['rootspan.promoted']).toBe('named');
});

test('a call gives one rule alone, a name or a function', async ({ page, site, collector }) => {
  for (const [rule, reason] of [
    ["'named(checkout)'", 'named'],
    ["({ name }) => name === 'checkout' && 'mine'", 'mine'],
  ] as const) {
    collector.clear();
    serve(
      site,
      '',
      `<script>
        sessionStorage.clear(); localStorage.clear();
        rootspan('start', { flushInterval: 100, sampleRate: 0, promote: ${rule} });
      </script>`,
    );
    await page.goto(site.origin);
    await page.evaluate(() => rootspan('span', 'checkout', () => {}));
    const span = await collector.waitForSpan(named('checkout'));
    expect(span.attributes['rootspan.promoted']).toBe(reason);
  }
});

test('with debug the console says what has promoted a session', async ({
  page,
  site,
  collector,
  messages,
}) => {
  serve(
    site,
    'data-flush-interval="100" data-sample-rate="0" data-promote="named(checkout)" data-debug="true"',
  );
  await page.goto(site.origin);
  await page.evaluate(() => rootspan('span', 'checkout', () => {}));
  await collector.waitForSpan(named('checkout'));

  // The first span that is kept is told: on a slow machine a long frame that was waiting.
  await expect.poll(() => messages.join('\n')).toMatch(/: kept, as the session is promoted: named\./);
  messages.splice(0);
});

test('a call names values for the rest, and for a place', async ({ page, site, collector }) => {
  serve(
    site,
    '',
    `<script>rootspan('start', {
      flushInterval: 100, consistentSampling: true, describeRequest: 'graphql',
      propagateTo: { match: location.origin + '/api/legacy', propagators: ['b3multi'] },
    })</script>`,
  );
  await page.goto(site.origin);
  await page.evaluate(async () => {
    await fetch('/graphql', { method: 'POST', body: '{"query":"query Cart { items }"}' });
    await fetch('/api/legacy/orders');
  });

  const span = await collector.waitForSpan(named('POST /graphql'));
  expect(span.attributes).toMatchObject({
    'graphql.operation.name': 'Cart',
    'graphql.operation.type': 'query',
  });
  expect(span.traceState).toMatch(/^ot=/);
  const { headers } = site.requests('/api/legacy')[0] ?? { headers: {} as Record<string, string> };
  expect(headers['x-b3-spanid']).toMatch(/^[\da-f]{16}$/);
  expect(headers.traceparent).toBeUndefined();
});

test('the tag names a cookie for the session, and where the rate is read', async ({
  page,
  context,
  site,
  collector,
}) => {
  site.page('/rum.json', '{ "sampleRate": 0 }', { 'Content-Type': 'application/json' });
  serve(site, 'data-flush-interval="100" data-session="cookie" data-sampler="remote(/rum.json)"');
  const asked = page.waitForResponse('**/rum.json');
  await page.goto(site.origin);
  const load = await collector.waitForSpan(named('page_load /'));
  await (await asked).finished();

  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: 'rootspan.session', sameSite: 'Lax', path: '/' });
  expect(decodeURIComponent(`${cookie?.value}`)).toContain(`${load.attributes['session.id']}`);
  await expect.poll(() => page.evaluate(() => localStorage['rootspan-remote'])).toContain('"sampleRate":0');
});

test('the tag asks for an id of the visitor', async ({ page, site, collector }) => {
  serve(site, 'data-flush-interval="100" data-attributes="visitor"');
  await page.goto(site.origin);

  const load = await collector.waitForSpan(named('page_load /'));
  expect(await page.evaluate(() => localStorage['rootspan-visitor'])).toContain(
    `${load.attributes['enduser.pseudo.id']} `,
  );
});

test('a name that is none is told in one sentence', async ({ page, site, collector, messages }) => {
  for (const [attribute, said] of [
    ['data-propagators="w3c zipkin"', 'propagators is an object'],
    ['data-promote="onErorr"', 'promote is "onErorr"'],
  ] as const) {
    serve(site, attribute);
    await page.goto(site.origin);
    expect((await take(messages, 1))[0]).toContain(said);
  }
  expect(collector.requests()).toEqual([]);
});
