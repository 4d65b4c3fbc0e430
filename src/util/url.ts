import type { UrlMatcher } from '../types.js';

/** The absolute URL, as the browser would resolve it, or undefined if it is none. */
export const resolveUrl = (url: string): URL | undefined => {
  try {
    return new URL(url, document.baseURI);
  } catch {
    // Not a URL; the page gets the browser's own error when it uses it.
    return undefined;
  }
};

const matchesString = (pattern: string, url: URL): boolean => {
  const prefix = resolveUrl(pattern);
  if (!prefix || prefix.origin !== url.origin) return false;
  const path = prefix.pathname.replace(/\/$/, '');
  return url.pathname === path || url.pathname.startsWith(`${path}/`);
};

/** Tells whether a URL is meant by any of the matchers. Decided on the parsed URL, never on a string's prefix. */
export const createMatcher = (matchers: UrlMatcher | readonly UrlMatcher[] = []) => {
  const list = [matchers].flat() as UrlMatcher[]; // one matcher or a list of them: flat() makes both a list
  return (url: URL): boolean =>
    list.some((matcher) =>
      typeof matcher === 'string'
        ? matchesString(matcher, url)
        : typeof matcher === 'function'
          ? matcher({ url })
          : // search() ignores lastIndex, so that a RegExp with the g flag answers the same every time
            url.href.search(matcher) >= 0,
    );
};

const DATE = /^\d{4}-\d\d(-\d\d)?$/;
// A number; a UUID; a hash of 8 hex digits and more; anything with a run of 5 digits; an e-mail address; a random token.
const IDENTIFIER =
  /^(\d+|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|(?=.*\d)[\da-f]{8,}|.*\d{5}.*|.*(@|%40).*|(?=.*\d)(?=.*[a-z])\w{16,})$/i;

const templatePath = (path: string): string =>
  path
    .split('/')
    .map((part) => (DATE.test(part) ? ':date' : IDENTIFIER.test(part) ? ':id' : part))
    .join('/');

/** True for a fragment that a hash router uses as the path. */
export const isHashRoute = (url: URL): boolean => /^#!?\//.test(url.hash);

/** A low-cardinality name for a URL: `/orders/1234` becomes `/orders/:id`. Query and plain fragments are left out. */
export const templateUrl = (url: URL): string =>
  templatePath(url.pathname) + (isHashRoute(url) ? templatePath(url.hash.replace(/\?.*/, '')) : '');

const SECRET_KEY =
  /^(x-amz-(signature|credential|security-token)|x-goog-signature|awsaccesskeyid|sig(nature)?|code|state|otp|jwt|sid)$|token|secret|passw|pwd|auth|credential|session|api_?-?key|private_?-?key/i;
const JSON_WEB_TOKEN = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
// What identity providers put behind the # without a name.
const BARE_TOKEN = /^#(?=.*\d)(?=.*[a-z])[\w.~+%-]{20,}=*$/i;
const REDACTED = 'REDACTED';

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign: the key is what it is.
    return text;
  }
};

const redactPairs = (text: string): string =>
  text
    .replace(/([^?#&;=]+)=([^&;#]+)/g, (pair, key: string) =>
      SECRET_KEY.test(decode(key)) ? `${key}=${REDACTED}` : pair,
    )
    .replace(JSON_WEB_TOKEN, REDACTED);

/**
 * The URL without credentials, secret query values and tokens in the fragment (semantic conventions, `url.full`).
 * URLs that carry their content (`data:`, `blob:`) are cut to the scheme.
 */
export const redactUrl = (text: string): string => {
  const url = resolveUrl(text);
  if (!url) return redactPairs(text);
  if (!/^(https?|wss?|file):$/.test(url.protocol)) return url.protocol;
  const login = url.username || url.password ? `${REDACTED}:${REDACTED}@` : '';
  const hash = BARE_TOKEN.test(url.hash) ? `#${REDACTED}` : redactPairs(url.hash);
  return `${url.protocol}//${login}${url.host}${redactPairs(url.pathname)}${redactPairs(url.search)}${hash}`;
};
