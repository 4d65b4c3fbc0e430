import { expect, take, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

/** A configuration as JavaScript, and what the warning must say: the field, what was given, what to write. */
const WRONG: [config: string, field: string, given: string, write: string][] = [
  ['{ sampleRate: 2 }', 'sampleRate', '2', '0 to 1'],
  ['{ sampleRate: -0.1 }', 'sampleRate', '-0.1', '0 to 1'],
  ['{ sampleRate: NaN }', 'sampleRate', 'NaN', 'number'],
  ["{ sampleRate: '0.5' }", 'sampleRate', '0.5', 'number'],
  ['{ sampleRate: null }', 'sampleRate', '', 'number'],
  ["{ endpoint: 'http://' }", 'endpoint', 'http://', 'URL'],
  ["{ endpoint: 'ftp://files.test' }", 'endpoint', 'ftp://files.test', 'URL'],
  ['{ endpoint: 4318 }', 'endpoint', '4318', 'URL'],
  ['{ serviceName: 7 }', 'serviceName', '7', 'text'],
  ['{ serviceVersion: {} }', 'serviceVersion', 'object', 'text'],
  ['{ environment: false }', 'environment', 'false', 'text'],
  ["{ flushInterval: '5s' }", 'flushInterval', '5s', 'number'],
  ['{ flushInterval: NaN }', 'flushInterval', 'NaN', 'number'],
  ['{ flushInterval: -1 }', 'flushInterval', '-1', 'number'],
  ["{ debug: 'yes' }", 'debug', 'yes', 'true or false'],
  ["{ routeName: '/a' }", 'routeName', '/a', 'function'],
  ["{ redactUrl: 'all' }", 'redactUrl', 'all', 'function'],
  ["{ headers: 'a: b' }", 'headers', 'a: b', 'object'],
  ["{ resource: 'shop' }", 'resource', 'shop', 'object'],
  ["{ session: 'local' }", 'session', 'local', 'object'],
  ["{ session: { idleTimeout: '15m' } }", 'idleTimeout', '15m', 'number'],
  ["{ processors: 'none' }", 'processors', 'none', ''],
  ['{ processors: {} }', 'processors', 'object', ''],
  ["{ propagateTo: 'nowhere:// x' }", 'propagateTo', 'nowhere:// x', 'URL'],
  ['{ propagateTo: 5 }', 'propagateTo', '5', ''],
  ['{ propagateTo: [null] }', 'propagateTo', '', 'URL'],
  ["{ neverPropagateTo: ['ftp://x'] }", 'neverPropagateTo', '', 'URL'],
  ['{ ignoreUrls: true }', 'ignoreUrls', 'true', ''],
  ['{ samplerate: 0.5 }', 'samplerate', '0.5', 'option'],
];

test('each wrong option is one warning with its name, its value and what to write', async ({
  page,
  site,
  collector,
  messages,
}) => {
  site.page('/', '<!doctype html><script src="/rootspan.js"></script><h1>A page</h1>');
  const wrong: string[] = [];

  for (const [config, field, given, write] of WRONG) {
    await page.goto(site.origin);
    const answer = await page.evaluate(`(async () => {
      const before = fetch;
      const agent = rootspan('start', ${config});
      agent.startSpan('nothing').setAttribute('a', 1).end();
      await fetch('/api/page');
      return [before === fetch, agent.session(), agent.traceparent(), agent.span('x', () => 7), agent.stats().recorded];
    })()`);
    const said = await take(messages, 1);
    const [line = ''] = said;
    const parts = [field, given, write].every((part) => line.includes(part));
    if (!parts || !line.startsWith('warning: [rootspan]')) wrong.push(`${config}: ${said.join(' / ')}`);
    // Inert: nothing is patched, nothing recorded, and what the page calls does no harm.
    if (JSON.stringify(answer) !== '[true,null,null,7,0]') wrong.push(`${config}: ${JSON.stringify(answer)}`);
  }

  expect(wrong).toEqual([]);
  expect(collector.requests()).toEqual([]);
  expect(site.requests('/api/page').filter(({ headers }) => headers.traceparent)).toEqual([]);
});

test('two mistakes are one warning', async ({ page, site, messages }) => {
  site.serve('/', { tag: { 'sample-rate': 'often', 'flush-interval': 'soon' } });
  await page.goto(site.origin);

  expect(await take(messages, 1)).toEqual([
    expect.stringMatching(/^warning: \[rootspan\] (sampleRate|flushInterval) /),
  ]);
});

test('a configuration that is no object at all does not make start throw', async ({
  page,
  site,
  messages,
}) => {
  site.page('/', '<!doctype html><script src="/rootspan.js"></script>');
  for (const value of ["'shop'", '5', 'null', '[]', 'Symbol()', '() => {}']) {
    await page.goto(site.origin);
    expect(await page.evaluate(`typeof rootspan('start', ${value}).stop`)).toBe('function');
  }
  // Whether each is told is another matter.
  messages.splice(0);
});

test('an option that is undefined counts as not given', async ({ page, site, collector }) => {
  site.serve('/', { config: 'sampleRate: undefined, endpoint: undefined, propagateTo: undefined' });
  await page.goto(site.origin);

  await collector.waitForSpan(named('page_load /'));
});

test('a second start returns the running agent and says so', async ({ open, messages, collector }) => {
  const page = await open('/');
  const isSame = await page.evaluate(() => {
    const first = rootspan('start', { serviceName: 'again' });
    return first === rootspan('start') && first.session() !== undefined;
  });

  expect(isSame).toBe(true);
  expect(await take(messages, 2)).toEqual([
    expect.stringMatching(/^warning: \[rootspan\] start: .*already/),
    expect.stringMatching(/^warning: \[rootspan\] start: .*already/),
  ]);
  expect(collector.spans().filter(named('page_load /'))).toHaveLength(1);
});

test('a second copy of the script finds the running agent', async ({ page, site, collector, messages }) => {
  site.serve('/', {
    head: '<script src="/rootspan.js" data-service-name="first" data-flush-interval="100"></script>',
  });
  await page.goto(site.origin);
  await page.evaluate(() => fetch('/api/once').then((response) => response.text()));

  await collector.waitForSpan(named('GET /api/once'));
  await collector.waitForSpan(named('page_load /'));
  const spans = collector.spans().filter(({ scope }) => /fetch|document/.test(scope));
  const names = spans.map(({ name, resource }) => [name, resource['service.name']]);
  expect(names.sort()).toEqual([
    ['GET /api/once', 'first'],
    ['page_load /', 'first'],
  ]);
  expect(site.requests('/api/once')[0]?.headers.traceparent).not.toContain(',');
  await take(messages, 1);
});

test("a fault in the application's own functions reaches neither the page nor the spans", async ({
  page,
  site,
  collector,
}) => {
  const fault = "() => { throw new Error('user fault'); }";
  site.serve('/a/1', {
    config: `attributes: ${fault}, routeName: ${fault}, redactUrl: ${fault}, processors: [${fault}], ignoreUrls: ${fault}, propagateTo: ${fault}`,
    body: "<script>fetch('/api/x')</script>",
  });
  await page.goto(`${site.origin}/a/1`);

  await collector.waitForSpan(named('page_load /a/:id'));
  await site.waitForRequest('/api/x');
});
