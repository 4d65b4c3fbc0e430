import type { InstrumentationContext } from '../types.js';
import { isTarget, matchesUrl, resolveUrl } from '../util/url.js';
import { describeUrl } from './describe-url.js';

/** Those that the Fetch standard writes in capitals; `patch` it leaves alone. */
const NORMALIZED = /^(delete|get|head|options|post|put)$/i;
const KNOWN = /^(DELETE|GET|HEAD|OPTIONS|POST|PUT|PATCH|QUERY)$/;

/** How a request ended: its status, 0 for an opaque response; a kind of error; or nothing, if the page gave it up. */
export type Outcome = number | string | undefined;

/** A request that has a span. */
export interface TracedRequest {
  /** Header fields to add, in order; empty for foreign URLs. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  setMethod(method: unknown): void;
  end(outcome: Outcome, message?: string): void;
}

/** A span for a request, or nothing if the URL is not HTTP or is ignored. */
export const startRequest = (
  context: InstrumentationContext,
  scope: string,
  address: string,
): TracedRequest | undefined => {
  const { config, collector, guard, page, tracer } = context;
  const url = resolveUrl(address);
  if (!url || !/^http/.test(url.protocol)) return undefined;
  if (url.origin + url.pathname === collector.origin + collector.pathname) return undefined;
  if (guard(matchesUrl)(url, config.ignoreUrls)) return undefined;
  const place = describeUrl(context, { url, type: 'request' });
  const span = tracer.startSpan('HTTP', {
    kind: 3,
    scope,
    attributes: {
      ...place,
      'server.address': url.hostname.replace(/[[\]]/g, ''),
      'server.port': Number(url.port) || (url.protocol === 'http:' ? 80 : 443),
    },
  });
  const fields: [string, string][] = [];
  // An unsampled session's requests carry nothing.
  if (span.isRecording() && guard(isTarget)(config, url)) {
    for (const { inject } of config.propagators ?? [])
      inject(span.spanContext(), (...field) => fields.push(field));
  }
  const release = page.hold?.();
  return {
    fields,
    setMethod: (given) => {
      // An object would have to be made a text once more, which the page could see.
      const original = typeof given === 'string' ? given : '';
      const name = original.replace(NORMALIZED, (text) => text.toUpperCase());
      const isKnown = KNOWN.test(name);
      span.updateName(`${isKnown ? name : 'HTTP'} ${place['url.template']}`).setAttributes({
        'http.request.method': isKnown ? name : '_OTHER',
        'http.request.method_original': name === original && isKnown ? undefined : original,
      });
    },
    end: (outcome, message = '') => {
      // The application's own wish is no error (semantic conventions, HTTP spans, since 1.41).
      if (outcome === undefined) span.setAttribute('rootspan.aborted', true);
      if (outcome && +outcome) span.setAttribute('http.response.status_code', +outcome);
      if (outcome && !(+outcome < 400)) {
        span.setAttribute('error.type', `${outcome}`).setStatus({ code: 2, message });
      }
      span.end();
      release?.();
    },
  };
};

let depth = 0;

/** True within `runNative`: a `fetch` that is written upon XMLHttpRequest makes one request, not two. */
export const isNested = (): boolean => depth > 0;

/** Runs the browser's function. */
export const runNative = <T>(fn: () => T): T => {
  depth++;
  try {
    return fn();
  } finally {
    depth--;
  }
};
