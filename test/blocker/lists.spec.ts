import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { findUblock } from '../support/ublock.mjs';
import { filtersFor, readFilters } from './lists.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const filters = readFilters(findUblock() ?? '');

/** What the examples in the texts use, on a site or at a collector. */
const inTexts = ['README.md', ...readdirSync(`${ROOT}docs`).map((name) => `docs/${name}`)]
  .filter((path) => path.endsWith('.md'))
  .flatMap((path) => [
    ...readFileSync(ROOT + path, 'utf8').matchAll(
      /(?:endpoint="|endpoint: '|src="|remoteSampler\(')(https:\/\/otel\.[\w./]+|\/[\w.-]+\.js(?:on)?|\/v1\/\w+)["']/g,
    ),
  ])
  .map(([, place = '']) => new URL(place, 'https://shop.example').href);

const inPackage = readdirSync(`${ROOT}dist`, { recursive: true })
  .map(String)
  .filter((path) => /\.(js|json)$/.test(path))
  .flatMap((path) => [
    `https://shop.example/${path.split('/').at(-1)}`,
    `https://shop.example/node_modules/rootspan/dist/${path}`,
  ]);

const signals = ['https://shop.example', 'https://otel.example.com'].flatMap((origin) =>
  ['/v1/traces', '/v1/logs'].map((path) => origin + path),
);

test('no list that comes with the extension has a name of ours', () => {
  const found = [...new Set([...inTexts, ...inPackage, ...signals])].flatMap((url) =>
    filtersFor(url, filters).map((filter) => `${url}: ${filter}`),
  );

  expect(inTexts).toEqual(
    expect.arrayContaining(['https://shop.example/rootspan.js', 'https://otel.example.com/']),
  );
  expect(found).toEqual([]);
});

for (const path of [
  '/boomerang.js',
  '/beacon.js',
  '/rum.min.js',
  '/rum/events?',
  '/rum-collector/v1/traces',
]) {
  test(`${path} is on EasyPrivacy`, () => {
    expect(filtersFor(`https://shop.example${path}`, filters).join()).toContain('easyprivacy.txt');
  });
}
