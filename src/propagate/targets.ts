import type { Config } from '../types.js';
import { createMatcher } from '../util/url.js';

/** Tells whether a request to `url` may carry trace headers: the own origin and `propagateTo`, never `neverPropagateTo`. */
export const createTargets = ({ propagateTo, neverPropagateTo }: Config, origin: string) => {
  const isAllowed = createMatcher(propagateTo);
  const isForbidden = createMatcher(neverPropagateTo);
  // In a sandboxed frame the origin is "null", and nothing is same-origin, though location.origin looks so.
  return (url: URL): boolean =>
    ((origin !== 'null' && url.origin === origin) || isAllowed(url)) && !isForbidden(url);
};
