import type { Config, Propagator, Target, UrlMatcher } from '../types.js';
import { attempt } from './guard.js';
import { ofDocument } from './own.js';
import { redactText } from './redact.js';

/** The absolute URL, as the browser would resolve it, or undefined if it is none. */
export const resolveUrl = (url: string): URL | undefined =>
  attempt(() => new URL(url, ofDocument('baseURI')));

/** Tells whether a URL is meant by any of the matchers. Decided on the parsed URL, never on a string's prefix. */
export const matchesUrl = (url: URL, matchers: UrlMatcher | readonly UrlMatcher[] = []): boolean =>
  [matchers].flat().some((matcher) => {
    if (typeof matcher === 'function') return matcher({ url });
    // search() ignores lastIndex, so that a RegExp with the g flag answers the same every time
    if (matcher instanceof RegExp) return url.href.search(matcher) >= 0;
    const prefix = typeof matcher === 'string' ? resolveUrl(matcher) : undefined;
    // With a slash at both ends, a prefix ends at a segment's boundary.
    const [path, start] = [url, prefix].map((each) => `${each?.pathname}`.replace(/\/?$/, '/'));
    return prefix?.origin === url.origin && `${path}`.startsWith(`${start}`);
  });

/** Tells whether it is where the agent sends spans, or log records. */
export const isCollector = ({ origin, pathname }: URL, collector: URL): boolean =>
  origin + pathname.replace(/logs$/, 'traces') === collector.origin + collector.pathname;

/**
 * The page's own: "null" in a sandboxed frame, though its URL has one, and the parent's in a frame whose URL has none. A
 * script's `var origin` takes the place of the browser's; then there is that of the URL alone, which nobody can replace.
 */
export const ownOrigin = (): string =>
  (Object.getOwnPropertyDescriptor(self, 'origin')?.get ? self : location).origin;

/** What a request to `url` carries: on the own origin and in `propagateTo`, never in `neverPropagateTo`. */
export const findPropagators = (
  { propagateTo, neverPropagateTo, propagators = [] }: Config,
  url: URL,
): readonly Propagator[] => {
  const targets = [propagateTo].flat() as (UrlMatcher & Target)[]; // one or the other, or, without a check, anything
  if (matchesUrl(url, neverPropagateTo)) return [];
  const own = targets.find((target) => target?.propagators && matchesUrl(url, target.match));
  if (own) return own.propagators;
  // Where the origin is "null" nothing is same-origin.
  return (url.origin !== 'null' && url.origin === ownOrigin()) || matchesUrl(url, targets) ? propagators : [];
};

// A number or date; a hash or UUID; anything with a run of 5 digits; an e-mail address; a random token.
const IDENTIFIER =
  /^(.*REDACTED.*|\d[\d.-]*|(?=.*\d)[\da-f-]{8,}|.*\d{5}.*|.*(@|%40).*|(?=.*\d)(?=.*[a-z])\w{16,})$/i;
// What bundlers put into the name of a file, another one with each build.
const FILE_HASH = /([-._])(?:(?=\w*\d)\w{8,}|(?=\w*[A-Z])\w{8})(?=\.\w)/;

/** True for a fragment that a hash router uses as the path. */
export const isHashRoute = ({ hash }: URL): boolean => /^#!?\//.test(hash);

/** A low-cardinality name for a URL: `/orders/1234` becomes `/orders/:id`, `/app-BZGbL919.js` `/app-:id.js`. Query and plain fragments are left out. */
export const templateUrl = (url: URL): string =>
  redactText(url.pathname + (isHashRoute(url) ? url.hash.replace(/\?.*/, '') : '')).replace(
    /[^/]+/g,
    (part) => (IDENTIFIER.test(part) ? ':id' : part.replace(FILE_HASH, '$1:id')),
  );
