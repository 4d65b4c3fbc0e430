import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Page } from 'playwright/test';
import { expect, type Site, test } from './support/fixtures.js';
import { buildPacked, type PackedApplication } from './support/packed.js';
import { isChildOf, named, only, traceparentOf } from './support/spans.js';

// One package for all: packing and bundling takes seconds.
test.describe.configure({ mode: 'default' });

let packed: PackedApplication;
test.beforeAll(async () => {
  packed = await buildPacked();
});
test.afterAll(() => packed?.remove());

/** Serves the bundle as a static host would, `html` at `path`. */
const visit = async (page: Page, site: Site, html: string, path: string): Promise<void> => {
  const assets = join(packed.output, 'assets');
  for (const name of await readdir(assets)) {
    site.page(`/assets/${name}`, await readFile(join(assets, name), 'utf8'), {
      'Content-Type': 'text/javascript',
    });
  }
  site.page(path, await readFile(join(packed.output, html), 'utf8'));
  await page.goto(site.origin + path);
};

test('a bundled application joins page load, requests and route change', async ({
  page,
  site,
  collector,
}) => {
  await visit(page, site, 'index.html', '/shop');
  const load = await collector.waitForSpan(named('page_load /shop'));
  await page.click('nav a');
  const route = await collector.waitForSpan(named('route_change /orders/:id'));

  const boot = await collector.waitForSpan(named('boot'));
  const first = await collector.waitForSpan(named('GET /api/shop'));
  const second = await collector.waitForSpan(named('GET /api/orders/:id'));
  expect(isChildOf(boot, load)).toBe(true);
  expect(isChildOf(first, boot)).toBe(true);
  expect(isChildOf(second, route)).toBe(true);
  expect(site.requests('/api/').map(({ headers }) => headers.traceparent)).toEqual(
    [first, second].map(traceparentOf),
  );
  expect(load.resource).toMatchObject({ 'service.name': 'spa', 'service.version': '2.0.0' });
  await expect(page.locator('main')).toHaveText('shows /api/orders/77');
  await page.goto('about:blank');
  await collector.waitForSpan((span) => span.name === 'web-vitals' && isChildOf(span, load));
});

test('the core traces what it was told to and nothing else', async ({ page, site, collector }) => {
  await visit(page, site, 'core.html', '/core');

  const work = await collector.waitForSpan(named('work'));
  const request = await collector.waitForSpan(named('GET /api/traced'));
  await page.goto('about:blank');
  expect(isChildOf(request, work)).toBe(true);
  expect(work).toMatchObject({ parentSpanId: undefined, links: [] });
  expect(
    collector
      .spans()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['GET /api/traced', 'work']);
  expect(site.requests('/api/untraced')[0]?.headers.traceparent).toBeUndefined();
  expect(only(collector.spans(), 'work').resource['service.name']).toBe('core');
});

for (const entry of ['rootspan', 'rootspan/core']) {
  test(`on a server ${entry} imports, and start does nothing`, async () => {
    const program = `
      import { start } from '${entry}';
      const agent = start({ serviceName: 'ssr', sampleRate: 5 });
      const value = agent.span('work', (span) => span.setAttribute('a', 1) && 7);
      agent.setUser({ id: 'u' });
      agent.recordException(new Error('x'));
      agent.startSpan('s').end();
      await agent.flush();
      const stats = agent.stats();
      agent.stop();
      console.log(JSON.stringify([value, agent.session() ?? null, agent.traceparent() ?? null, stats.recorded]));`;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: packed.folder },
    );

    expect([stdout.trim(), stderr]).toEqual(['[7,null,null,0]', '']);
  });
}

test('the package holds the built files and the papers, and nothing else', async () => {
  const strange = packed.files.filter(
    (path) => !/^(dist\/.+\.(js|d\.ts|map|json)|docs\/[a-z-]+\.md|package\.json|[A-Z]+(\.md)?)$/.test(path),
  );

  expect(strange).toEqual([]);
  expect(packed.files).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/core.js',
      'dist/rootspan.js',
      'dist/sri.json',
      'docs/configuration.md',
      'SECURITY.md',
    ]),
  );
});

test('GraphQL operations are told of, by fetch and XMLHttpRequest, where that is asked for', async ({
  page,
  site,
  collector,
}) => {
  await visit(page, site, 'index.html', '/shop');
  const taken = await page.evaluate(async () => {
    const write = (operation: string) => JSON.stringify({ query: operation, variables: { secret: 1 } });
    const read = async (response: Promise<Response>) => (await response).json();
    const query = 'query Find($name: String) { shoes(name: $name) { id } }';
    await read(fetch(`/api/by-url?${new URLSearchParams({ query })}`));
    await read(fetch('/api/by-fetch', { method: 'POST', body: write('mutation Pay { pay { id } }') }));
    await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/api/by-xhr');
      request.onload = resolve;
      request.send(`[${write('query Cart { a }')},${write('{ b }')}]`);
    });
    const body = write('query Hidden { a }');
    const request = new Request('/api/by-request', { method: 'POST', body });
    await read(fetch(request));
    await read(fetch('/api/by-blob', { method: 'POST', body: new Blob([body]) }));
    return request.bodyUsed;
  });

  const told = async (name: string) => {
    const { attributes } = await collector.waitForSpan(named(name));
    return [attributes['graphql.operation.type'], attributes['graphql.operation.name']];
  };
  expect(await told('GET /api/by-url')).toEqual(['query', 'Find']);
  expect(await told('POST /api/by-fetch')).toEqual(['mutation', 'Pay']);
  expect(await told('POST /api/by-xhr')).toEqual(['query', 'Cart']);
  expect(await told('POST /api/by-request')).toEqual([undefined, undefined]);
  expect(await told('POST /api/by-blob')).toEqual([undefined, undefined]);
  expect(taken).toBe(true);
  expect(site.requests('/api/by-fetch')[0]?.body).toBe(
    '{"query":"mutation Pay { pay { id } }","variables":{"secret":1}}',
  );
});
