import { expect, test } from 'vitest';
import type { Config, Propagator } from '../../../src/types.js';
import { findPropagators, resolveUrl } from '../../../src/util/url.js';
import { onPage, withGlobals } from '../support/globals.js';

const plain: Propagator = { fields: [], inject: () => {} };
const special: Propagator = { fields: [], inject: () => {} };

interface Place {
  base?: string;
  origin?: string;
  config?: Config;
}

/** Whether a request to `url` carries trace headers, on a page at `base`. */
const isHeaded = (url: string, { base = 'https://shop.example/', origin, config = {} }: Place = {}) => {
  onPage(base, origin ?? new URL(base).origin);
  return findPropagators({ propagators: [plain], ...config }, resolveUrl(url) as URL).length > 0;
};

test.each([
  '/a',
  '',
  '?q',
  '#f',
  'a/b',
  '//shop.example/a',
  'HTTPS://SHOP.EXAMPLE/',
  '\\a',
  'https://shop.example:443/',
])('the own origin, written "%s", carries headers', (url) => {
  expect(isHeaded(url)).toBe(true);
});

test.each([
  '//other.example/a',
  '\\\\other.example/a',
  'http://shop.example/',
  'https://shop.example:8443/',
  'https://shop.example.evil.example/',
  'https://shop.example@evil.example/',
  'https://evil.example/?https://shop.example/',
  'https://www.shop.example/',
  'data:text/plain,a',
  'blob:https://other.example/1',
])('another origin, written "%s", carries none', (url) => {
  expect(isHeaded(url)).toBe(false);
});

test('an origin of propagateTo carries headers', () => {
  const config = { propagateTo: ['https://api.example', /\.internal\.example\//] };

  expect(isHeaded('https://api.example/a', { config })).toBe(true);
  expect(isHeaded('https://db.internal.example/a', { config })).toBe(true);
  expect(isHeaded('https://api.example:8443/a', { config })).toBe(false);
});

test('neverPropagateTo wins over the own origin and over propagateTo', () => {
  const config = {
    propagateTo: 'https://api.example',
    neverPropagateTo: ['/redirects', 'https://api.example/old'],
  };

  expect(isHeaded('/redirects/1', { config })).toBe(false);
  expect(isHeaded('https://api.example/old/1', { config })).toBe(false);
  expect(isHeaded('https://api.example/new', { config })).toBe(true);
});

test('in a sandboxed frame nothing is of the own origin', () => {
  expect(isHeaded('/a', { origin: 'null' })).toBe(false);
  expect(isHeaded('data:text/plain,a', { origin: 'null' })).toBe(false);
  expect(isHeaded('/a', { origin: 'null', config: { propagateTo: '/a' } })).toBe(true);
});

test('a script with a global `var origin` does not move the own origin', () => {
  onPage('https://shop.example/');
  const isOwn = (url: string) => findPropagators({ propagators: [plain] }, new URL(url)).length > 0;
  withGlobals({ self: { origin: 'https://partner.example' }, location: new URL('https://shop.example/a') });

  expect(isOwn('https://partner.example/prices')).toBe(false);
  expect(isOwn('https://shop.example/api')).toBe(true);
});

test('a page from a file sends headers to allowed places alone', () => {
  const place = { base: 'file:///app/index.html', origin: 'null' };

  expect(isHeaded('file:///app/data.json', place)).toBe(false);
  expect(isHeaded('https://api.example/', { ...place, config: { propagateTo: 'https://api.example' } })).toBe(
    true,
  );
});

test('the base of the document decides where a relative URL goes, not what the own origin is', () => {
  const place = { base: 'https://cdn.example/', origin: 'https://shop.example' };

  expect(isHeaded('a.json', place)).toBe(false);
  expect(isHeaded('https://shop.example/a.json', place)).toBe(true);
});

test('a list with an unset variable in it allows no other origin', () => {
  const config = { propagateTo: [undefined] } as unknown as Config;

  expect(isHeaded('https://third-party.example/', { config })).toBe(false);
});

test('the first target with propagators of its own that matches says what a place carries', () => {
  onPage('https://shop.example/', 'https://shop.example');
  const config: Config = {
    propagators: [plain],
    propagateTo: [
      'https://api.example',
      { match: ['https://api.example/v2', /^https:\/\/b/], propagators: [special, plain] },
      { match: '/legacy', propagators: [special] },
      { match: () => true, propagators: [] },
    ],
    neverPropagateTo: 'https://bad.example',
  };
  const find = (url: string) => findPropagators(config, new URL(url));

  expect(find('https://api.example/v2/a')).toEqual([special, plain]);
  expect(find('https://b.example/')).toEqual([special, plain]);
  expect(find('https://bad.example/')).toEqual([]);
  expect(find('https://shop.example/legacy/1')).toEqual([special]);
  expect(find('https://shop.example/new')).toEqual([]);
});

test('a target with propagators of its own says nothing of other places', () => {
  const config = { propagateTo: { match: 'https://api.example', propagators: [special] } };

  expect(isHeaded('https://api.example/a', { config })).toBe(true);
  expect(isHeaded('https://other.example/a', { config })).toBe(false);
  expect(isHeaded('/a', { config })).toBe(true);
});
