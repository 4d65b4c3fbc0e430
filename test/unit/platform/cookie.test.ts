import { expect, test } from 'vitest';
import { cookieStorage } from '../../../src/platform/cookie.js';
import { withGlobals } from '../support/globals.js';

/** A page whose browser takes the cookies that `accepts` allows; returns what was written. */
const openPage = (
  protocol: string,
  before = '',
  accepts = (_: string): boolean => true,
  top = 'another',
): string[] => {
  const written: string[] = [];
  let stored = before;
  const document = {
    get cookie() {
      return stored;
    },
    set cookie(cookie: string) {
      written.push(cookie);
      if (accepts(cookie)) stored = `theirs=1; ${cookie.split(';')[0]}`;
    },
  };
  withGlobals({ document, location: { protocol }, self: 'own', top });
  return written;
};

test('one cookie is written, for the whole host, and read as it was', () => {
  const written = openPage('https:');
  const storage = cookieStorage();
  storage.setItem('a.b', '{"c": "ü; ="}');

  expect(written).toEqual([
    'a.b=%7B%22c%22%3A%20%22%C3%BC%3B%20%3D%22%7D; path=/; max-age=14400; SameSite=Lax; Secure',
  ]);
  expect(storage.getItem('a.b')).toBe('{"c": "ü; ="}');
  expect(storage.getItem('a')).toBeNull();
});

test('without TLS it is not Secure, and the domain is as given', () => {
  const written = openPage('http:');
  cookieStorage({ domain: 'shop.example' }).setItem('a', 'b');

  expect(written).toEqual(['a=b; path=/; max-age=14400; domain=shop.example; SameSite=Lax']);
});

test('where the browser refuses that, as in a frame of another site, it is partitioned', () => {
  const written = openPage('https:', '', (cookie) => cookie.includes('None'));
  const storage = cookieStorage();
  storage.setItem('a', 'b');

  expect(written.slice(1)).toEqual(['a=b; path=/; max-age=14400; SameSite=None; Secure; Partitioned']);
  expect(storage.getItem('a')).toBe('b');
});

test('but not in a page that is no frame: there is no cookie then', () => {
  const written = openPage('https:', '', () => false, 'own');
  const storage = cookieStorage();
  storage.setItem('a', 'b');

  expect(written).toHaveLength(1);
  expect(storage.getItem('a')).toBeNull();
});

test('both kinds are removed', () => {
  const written = openPage('https:', 'a=b', () => false);
  cookieStorage({ domain: 'shop.example' }).removeItem('a');

  expect(written).toEqual([
    'a=; path=/; max-age=0; domain=shop.example; SameSite=Lax; Secure',
    'a=; path=/; max-age=0; domain=shop.example; SameSite=None; Secure; Partitioned',
  ]);
});

test('of several the newest counts, and a broken one can be written over', () => {
  openPage('https:', 'a=old; aa=x; a=%');
  const storage = cookieStorage();
  expect(() => storage.getItem('a')).toThrow(URIError);
  storage.setItem('a', 'new');

  expect(storage.getItem('a')).toBe('new');
});
