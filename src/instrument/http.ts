import type { InstrumentationContext, Span, SpanLink } from '../types.js';
import { isCollector, isTarget, matchesUrl, resolveUrl } from '../util/url.js';
import { describeUrl } from './describe-url.js';

/** Those that the Fetch standard writes in capitals; `patch` it leaves alone. */
const NORMALIZED = /^(delete|get|head|options|post|put)$/i;
const KNOWN = /^(DELETE|GET|HEAD|OPTIONS|POST|PUT|PATCH|QUERY)$/;

/** How a request ended: its status, 0 for an opaque response; a kind of error; or nothing, if the page gave it up. */
export type Outcome = number | string | undefined;

/** A request that has a span. */
export interface TracedRequest {
  readonly span: Span;
  /** Header fields to add, in order; empty for foreign URLs. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  setMethod(method: unknown): void;
  end(outcome: Outcome, message?: string): void;
}

/** A client span named after `kind` and the place, or nothing if the URL is not one of the network or is ignored. */
export const startClient = (
  context: InstrumentationContext,
  scope: string,
  kind: string,
  address: string,
  links: SpanLink[] = [],
): { span: Span; url: URL; template: string } | undefined => {
  const { config, collector, guard, tracer } = context;
  const url = resolveUrl(address);
  if (!url || !/^(http|ws)/.test(url.protocol)) return undefined;
  if (isCollector(url, collector)) return undefined;
  if (guard(matchesUrl)(url, config.ignoreUrls)) return undefined;
  const place = describeUrl(context, { url, type: 'request' });
  const template = place['url.template'];
  const span = tracer.startSpan(`${kind} ${template}`, {
    kind: 3,
    scope,
    links,
    attributes: {
      ...place,
      'server.address': url.hostname.replace(/[[\]]/g, ''),
      'server.port': Number(url.port) || (/s:$/.test(url.protocol) ? 443 : 80),
    },
  });
  return { span, url, template };
};

/** A span for a request, or nothing: see `startClient`. */
export const startRequest = (
  context: InstrumentationContext,
  scope: string,
  address: string,
): TracedRequest | undefined => {
  const { config, guard, page } = context;
  const client = startClient(context, scope, 'HTTP', address);
  if (!client) return undefined;
  const { span, url, template } = client;
  const fields: [string, string][] = [];
  // An unsampled session's requests carry nothing.
  if (span.isRecording() && guard(isTarget)(config, url)) {
    for (const { inject } of config.propagators ?? [])
      inject(span.spanContext(), (...field) => fields.push(field));
  }
  const release = page.hold?.();
  return {
    span,
    fields,
    setMethod: (given) => {
      // An object would have to be made a text once more, which the page could see.
      const original = typeof given === 'string' ? given : '';
      const name = original.replace(NORMALIZED, (text) => text.toUpperCase());
      const isKnown = KNOWN.test(name);
      span.updateName(`${isKnown ? name : 'HTTP'} ${template}`).setAttributes({
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
