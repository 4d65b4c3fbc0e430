import { expect, test } from 'vitest';
import type { UrlMatcher } from '../../../src/types.js';
import { matchesUrl, resolveUrl } from '../../../src/util/url.js';
import { onPage } from '../support/globals.js';

const PAGE = 'https://shop.example/products/list';

const matches = (url: string, matcher: UrlMatcher | UrlMatcher[]) => {
  onPage(PAGE);
  return matchesUrl(resolveUrl(url) as URL, matcher);
};

test.each([
  ['an origin', 'http://h:4317/v1', 'http://h:4317'],
  ['an origin with a slash', 'http://h:4317', 'http://h:4317/'],
  ['the default port', 'https://api.example:443/a', 'https://api.example'],
  ['upper case in the host', 'https://API.Example/a', 'https://api.example'],
  ['upper case in the matcher', 'https://api.example/a', 'HTTPS://API.EXAMPLE'],
  ['userinfo', 'https://anna:secret@api.example/a', 'https://api.example'],
  ['backslashes', '\\\\api.example\\a', 'https://api.example'],
  ['no scheme', '//api.example/a', 'https://api.example'],
  ['a path prefix', 'https://api.example/v1/orders', 'https://api.example/v1'],
  ['a path prefix with a slash', 'https://api.example/v1/orders', 'https://api.example/v1/'],
  ['the path itself', 'https://api.example/v1', 'https://api.example/v1'],
  ['the path itself, with a query', 'https://api.example/v1?a=1', 'https://api.example/v1/'],
  ['a path of the page', '/api/orders', '/api'],
  ['a path that climbs', 'https://api.example/x/../v1/a', 'https://api.example/v1'],
])('%s is meant', (_, url, matcher) => {
  expect(matches(url, matcher)).toBe(true);
});

test.each([
  ['a longer port', 'http://h:43170/', 'http://h:4317'],
  ['the origin in the query', 'http://evil.example/?u=http://h:4317', 'http://h:4317'],
  ['the origin in the fragment', 'http://evil.example/#http://h:4317', 'http://h:4317'],
  ['the origin in the path', 'http://evil.example/http://h:4317/', 'http://h:4317'],
  ['the origin as userinfo', 'http://h:4317@evil.example/', 'http://h:4317'],
  ['a longer host', 'https://api.example.evil.example/', 'https://api.example'],
  ['a host that ends alike', 'https://evil-api.example/', 'https://api.example'],
  ['a subdomain', 'https://v2.api.example/', 'https://api.example'],
  ['another scheme', 'http://api.example/', 'https://api.example'],
  ['another port', 'https://api.example:8443/', 'https://api.example'],
  ['a longer segment', 'https://api.example/v10/a', 'https://api.example/v1'],
  ['a path that climbs out', 'https://api.example/v1/../admin', 'https://api.example/v1'],
  ['a path in another case', 'https://api.example/V1/a', 'https://api.example/v1'],
  ['a look-alike letter', 'https://аpi.example/', 'https://api.example'],
  ['data', 'data:text/plain,https://api.example', 'https://api.example'],
])('%s is not meant', (_, url, matcher) => {
  expect(matches(url, matcher)).toBe(false);
});

test('a RegExp is tested on the whole URL', () => {
  expect(matches('https://api.example/v1/a?b=1', /\/v\d\/.*b=1$/)).toBe(true);
  expect(matches('https://api.example/a', /\/v\d\//)).toBe(false);
});

test.each(['g', 'y', 'gi'])('a RegExp with the flag %s answers the same every time', (flags) => {
  const matcher = new RegExp('https://api\\.example/', flags);

  const answers = [1, 2, 3, 4].map(() => matches('https://api.example/a', matcher));

  expect(answers).toEqual([true, true, true, true]);
});

test('a function is given the parsed URL', () => {
  const hosts: string[] = [];
  const matcher = ({ url }: { url: URL }) => hosts.push(url.hostname) > 0 && url.pathname === '/a';

  expect([matches('//api.example/a', matcher), matches('/b', matcher)]).toEqual([true, false]);
  expect(hosts).toEqual(['api.example', 'shop.example']);
});

test('one matcher of a list is enough', () => {
  expect(matches('https://b.example/', ['https://a.example', /\/\/b\./])).toBe(true);
  expect(matches('https://c.example/', ['https://a.example', /\/\/b\./])).toBe(false);
  expect(matches('https://c.example/', [])).toBe(false);
});

test('a matcher that is no URL matches nothing', () => {
  expect(matches('https://api.example/', 'https://')).toBe(false);
});

// `propagateTo: [process.env.API_URL]` with a variable that is not set must not mean every URL there is.
test.each([[[undefined]], [[null]], [[true]], [[42]], [[{}]]])('the list %j matches nothing', (list) => {
  expect(matches('https://true.example/null/42/undefined', list as unknown as UrlMatcher[])).toBe(false);
});

test.each(['http://', 'https://[', 'http://a b/'])('%s is no URL, and no fault', (url) => {
  onPage(PAGE);

  expect(resolveUrl(url)).toBeUndefined();
});

test('a relative URL is resolved against the base of the document', () => {
  onPage('https://cdn.example/base/', 'https://shop.example');

  expect(resolveUrl('a?b')?.href).toBe('https://cdn.example/base/a?b');
});
