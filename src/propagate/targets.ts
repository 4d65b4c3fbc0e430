import type { Config } from '../types.js';
import { matchesUrl } from '../util/url.js';

/** Tells whether a request to `url` may carry trace headers: the own origin and `propagateTo`, never `neverPropagateTo`. */
export const isTarget = ({ propagateTo, neverPropagateTo }: Config, url: URL): boolean =>
  // In a sandboxed frame the origin is "null", and nothing is same-origin, though location.origin looks so.
  ((self.origin !== 'null' && url.origin === self.origin) || matchesUrl(url, propagateTo)) &&
  !matchesUrl(url, neverPropagateTo);
