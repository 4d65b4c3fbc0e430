import { readFileSync } from 'node:fs';
import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

const QUEUE = 'window.rootspan=window.rootspan||function(){(rootspan.q=rootspan.q||[]).push(arguments)};';
const queue = (calls: string) => `<script>${QUEUE}${calls}</script>`;

test('the data attributes of the tag are the configuration', async ({ open, collector }) => {
  await open('/', {
    tag: {
      'service-name': 'shop-web',
      'service-version': '1.2.3',
      'service-namespace': 'shop',
      environment: 'test',
      'sample-rate': '1.0',
    },
  });

  const { resource, attributes } = await collector.waitForSpan(named('page_load /'));
  expect(resource).toMatchObject({
    'service.name': 'shop-web',
    'service.version': '1.2.3',
    'service.namespace': 'shop',
    'deployment.environment.name': 'test',
    'telemetry.sdk.name': 'rootspan',
    'telemetry.sdk.language': 'webjs',
  });
  expect(resource['user_agent.original']).toMatch(/Chrome|Firefox/);
  expect(attributes['rootspan.sample_rate']).toBe(1);
});

test('data attributes of other tools on the tag change nothing', async ({ open, collector }) => {
  await open('/', { tag: { 'service-name': 'shop-web', cfasync: 'false', 'cookie-consent': 'statistics' } });

  const { resource } = await collector.waitForSpan(named('page_load /'));
  expect(resource['service.name']).toBe('shop-web');
});

test('a list in a data attribute is separated by commas or spaces', async ({ page, site, collector }) => {
  site.serve('/', { tag: { 'ignore-urls': '/api/a, /api/b /api/c' } });
  await page.goto(site.origin);
  await page.evaluate(() => Promise.all(['a', 'b', 'c', 'd'].map((name) => fetch(`/api/${name}`))));

  await collector.waitForSpan(named('GET /api/d'));
  expect(collector.spans().filter(({ scope }) => scope === 'rootspan/fetch')).toHaveLength(1);
});

test('the endpoint of the tag may be the base or the full URL', async ({ page, site, collector }) => {
  for (const [path, endpoint] of Object.entries({ '/base': '/v1/../', '/full': '/v1/traces' })) {
    site.serve(path, { tag: { endpoint } });
    await page.goto(site.origin + path);
    await collector.waitForSpan(named(`page_load ${path}`));
  }

  expect([...new Set(collector.requests().map(({ path }) => path))]).toEqual(['/v1/traces']);
});

test('calls made before the script is there act when it is', async ({ page, site, collector }) => {
  const calls = `
    rootspan('start', { serviceName: 'queued', flushInterval: 100 });
    rootspan('setUser', { id: 'u-1' });
    rootspan('span', 'queued work', () => {});`;
  site.page('/', `<!doctype html>${queue(calls)}<script src="/rootspan.js" async></script>`);
  await page.goto(site.origin);

  const span = await collector.waitForSpan(named('queued work'));
  expect(span.attributes['user.id']).toBe('u-1');
  expect(span.resource['service.name']).toBe('queued');
});

test('calls made before the start wait for it', async ({ page, site, collector }) => {
  site.page(
    '/',
    `<!doctype html>${queue("rootspan('setUser', { id: 'u-2' })")}<script src="/rootspan.js"></script>`,
  );
  await page.goto(site.origin);
  await page.evaluate(() => {
    rootspan('setAttributes', { plan: 'gold' });
    rootspan('start', { flushInterval: 100 });
    rootspan('span', 'after start', () => {});
  });

  const { attributes } = await collector.waitForSpan(named('after start'));
  expect(attributes).toMatchObject({ 'user.id': 'u-2', plan: 'gold' });
});

test('a start call acts at once and returns the agent', async ({ page, site, collector }) => {
  site.page('/', '<!doctype html><script src="/rootspan.js"></script>');
  await page.goto(site.origin);
  const answer = await page.evaluate(() => {
    const agent = rootspan('start', { flushInterval: 100 });
    return [agent.session()?.id, (rootspan('session') as { id: string }).id, agent.traceparent()];
  });

  const { traceId, spanId, attributes } = await collector.waitForSpan(named('page_load /'));
  expect(answer).toEqual([attributes['session.id'], attributes['session.id'], `00-${traceId}-${spanId}-01`]);
});

test('methods of the agent act at once and return what it returns', async ({ open, collector }) => {
  const page = await open('/');
  const answers = await page.evaluate(async () => {
    const value = rootspan('span', 'answer', () => 42);
    const failure = await (rootspan('span', 'late', async () => 'later') as Promise<string>);
    await rootspan('flush');
    return [value, failure, rootspan('stats').recorded >= 3];
  });

  expect(answers).toEqual([42, 'later', true]);
  for (const name of ['answer', 'late']) await collector.waitForSpan(named(name));
});

test('an unknown method does nothing', async ({ open }) => {
  const page = await open('/');
  const names = [
    'explode',
    '',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    undefined,
    null,
    7,
    {},
  ];
  const answers = await page.evaluate(
    (given) => given.map((name) => String(rootspan(name as string, 'x'))),
    names,
  );

  expect(answers).toEqual(names.map(() => 'undefined'));
});

test('an unknown method before the start does nothing either', async ({ page, site, collector }) => {
  const calls = "rootspan('explode'); rootspan(); rootspan(null); rootspan('start', { flushInterval: 100 });";
  site.page('/', `<!doctype html>${queue(calls)}<script src="/rootspan.js"></script>`);
  await page.goto(site.origin);

  await collector.waitForSpan(named('page_load /'));
});

for (const attribute of ['async', 'defer', 'crossorigin="anonymous"']) {
  test(`a tag with ${attribute} finds its own data attributes`, async ({ open, collector }) => {
    await open('/', { tag: { 'service-name': 'late' }, attributes: attribute });

    const { resource } = await collector.waitForSpan(named('page_load /'));
    expect(resource['service.name']).toBe('late');
  });
}

test('a tag inserted by a script finds its own data attributes', async ({ page, site, collector }) => {
  const insert = `
    const tag = Object.assign(document.createElement('script'), { src: '/rootspan.js' });
    Object.assign(tag.dataset, { serviceName: 'inserted', flushInterval: '100' });
    document.head.append(tag);`;
  site.page('/', `<!doctype html><script>${insert}</script>`);
  await page.goto(site.origin);

  const { resource } = await collector.waitForSpan(named('page_load /'));
  expect(resource['service.name']).toBe('inserted');
});

for (const element of [
  '<div id="rootspan"></div>',
  '<form id="rootspan"><input name="q"></form>',
  '<a id="rootspan"></a><a id="rootspan" name="q"></a>',
]) {
  test(`the page's own ${element} is no obstacle`, async ({ page, site, collector }) => {
    const tag = '<script src="/rootspan.js" data-flush-interval="100"></script>';
    site.page('/', `<!doctype html><body>${element}${tag}`);
    await page.goto(site.origin);

    await collector.waitForSpan(named('page_load /'));
    expect(await page.evaluate(() => typeof window.rootspan)).toBe('function');
    expect(await page.evaluate(() => document.getElementById('rootspan')?.nodeType)).toBe(1);
  });
}

test('a tag without data attributes waits for a start call', async ({ page, site, collector }) => {
  site.page('/', '<!doctype html><script>before = fetch</script><script src="/rootspan.js"></script>');
  await page.goto(site.origin);

  expect(await page.evaluate('fetch === before')).toBe(true);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  expect(collector.requests()).toEqual([]);
});

test('the script loads under the integrity that the build wrote', async ({ open }) => {
  const sri = JSON.parse(readFileSync(new URL('../../dist/sri.json', import.meta.url), 'utf8'));

  const page = await open('/', { attributes: `integrity="${sri['rootspan.js']}"` });

  expect(await page.evaluate(() => typeof window.rootspan)).toBe('function');
});

test('the script runs under a strict policy with trusted types', async ({ page, site, collector }) => {
  const policy =
    "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  site.serve('/', {}, { 'Content-Security-Policy': policy });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective));
  });
  await page.goto(site.origin);

  await collector.waitForSpan(named('page_load /'));
});
