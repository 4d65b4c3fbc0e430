import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import {
  codeOf,
  documents,
  type Example,
  examplesOf,
  readDocument,
  rowsOf,
} from '../docs/support/documents.js';
import type { CollectedSpan } from '../support/otlp-reader.js';
import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

// The examples of README and docs, run as they stand but for the two things below; the names that docs promise.

const snippet = readFileSync(new URL('../../dist/early.js', import.meta.url), 'utf8');

/** The address of the collector is another here, the snippet is written out, and no session is left to chance. */
const adapt = ({ code }: Example, collector: string): string =>
  code
    .replaceAll('https://otel.example.com', collector)
    .replace('/* the text of dist/early.js */', () => snippet)
    .replace(/sampleRate: [\d.]+/, 'sampleRate: 1')
    .replace(/data-sample-rate="[\d.]+"/, '')
    // Of a browser that a test drives, and of nobody's consent, there would be nothing to see.
    .replace('!isSynthetic', 'isSynthetic')
    .replace("consent: 'pending'", "consent: 'granted'");

const examplesIn = (language: string) =>
  documents.flatMap(examplesOf).filter((example) => example.language === language);

for (const example of examplesIn('html')) {
  test(`the page at ${example.place} sends its page load`, async ({ page, site, collector }) => {
    site.page('/', adapt(example, collector.origin));
    await page.goto(site.origin);
    await page.goto('about:blank');

    const { resource } = await collector.waitForSpan(named('page_load /'));
    expect(resource['service.name']).toBe('shop-web');
  });
}

const MODULES = {
  rootspan: '/dist/index.js',
  'rootspan/core': '/dist/core.js',
  'rootspan/vitals-attribution': '/dist/vitals-attribution.js',
  'rootspan/zone': '/dist/zone.js',
  'web-vitals': '/web-vitals.js',
  'web-vitals/attribution': '/web-vitals.attribution.js',
};
const vitals = dirname(fileURLToPath(import.meta.resolve('web-vitals')));

const zone = fileURLToPath(import.meta.resolve('zone.js'));

const modulePage = (code: string): string => {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.ESNext },
  });
  return `<!doctype html>
    ${code.includes('rootspan/zone') ? '<script src="/zone.js"></script>' : ''}
    <script type="importmap">${JSON.stringify({ imports: MODULES })}</script>
    <script type="module">${outputText}</script>`;
};

for (const example of examplesIn('ts')) {
  test(`the module at ${example.place} sends its page load`, async ({ page, site, collector }) => {
    const type = { 'Content-Type': 'text/javascript' };
    for (const file of ['web-vitals.js', 'web-vitals.attribution.js'])
      site.page(`/${file}`, readFileSync(join(vitals, file), 'utf8'), type);
    site.page('/zone.js', readFileSync(zone, 'utf8'), type);
    site.page('/', modulePage(adapt(example, collector.origin)));
    await page.goto(site.origin);
    await page.goto('about:blank');

    await collector.waitForSpan(named('page_load /'));
  });
}

test('there are examples of both kinds', () => {
  expect(examplesIn('html').length).toBeGreaterThan(2);
  expect(examplesIn('ts').length).toBeGreaterThan(5);
});

const registry = readDocument('docs/attributes.md');
const listed = (heading: string): string[] => rowsOf(registry, heading).map(([name]) => codeOf(name));

/** What a page does so that every kind of span is sent. */
const PAGE = `
  <button>Go on</button><p>${'Words to look at. '.repeat(50)}</p>
  <script>
    rootspan('setUser', { id: 'u-1' });
    rootspan('span', 'own work', () => {});
    const send = (method, url) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      xhr.send();
      return xhr;
    };
    document.querySelector('button').addEventListener('click', () => {
      history.pushState({}, '', '/next');
      document.querySelector('p').textContent = 'The next page. '.repeat(50);
      fetch('/api/one', { method: 'post', body: 'text' });
      fetch('/api/two?status=503');
      send('unknown', '/api/three');
      send('GET', '/api/four?delay=1000').abort();
      setTimeout(() => rootspan('recordException', new TypeError('seen by the page')));
    });
  </script>`;

const keysOf = (spans: CollectedSpan[]): string[] => [
  ...new Set(
    spans.flatMap(({ attributes, events, resource }) =>
      [attributes, resource, ...events.map((event) => event.attributes)].flatMap(Object.keys),
    ),
  ),
];

test('all that a busy page sends is in the registry of names', async ({ page, site, collector }) => {
  const config = `serviceName: 'shop', serviceVersion: '1', serviceNamespace: 'n', environment: 'test'`;
  site.serve('/', { config, body: PAGE });
  await page.goto(site.origin);
  await collector.waitForSpan(named('page_load /'));
  await page.click('button');
  await collector.waitForSpan(named('route_change /next'));
  await collector.waitForSpan(named('exception'));
  await page.goto('about:blank');
  await collector.waitForSpan(named('web-vitals'));

  const spans = collector.spans();
  const keys = keysOf(spans);
  expect(keys.filter((key) => !listed('attribute').includes(key))).toEqual([]);
  const events = spans.flatMap((span) => span.events.map(({ name }) => name));
  expect(events.filter((name) => !listed('event').includes(name))).toEqual([]);
  const scopes = rowsOf(registry, 'span').map(([, scope]) => codeOf(scope));
  expect(spans.map(({ scope }) => scope).filter((scope) => !scopes.includes(scope))).toEqual([]);
});
