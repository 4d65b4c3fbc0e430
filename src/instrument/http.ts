import type { InstrumentationContext, Span } from '../types.js';
import { resolveUrl } from '../util/url.js';

// Known to HTTP, without CONNECT and TRACE, which a page cannot send.
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'QUERY'];
/** Those that the Fetch standard writes in capitals; `patch` it leaves alone. */
const NORMALIZED = /^(delete|get|head|options|post|put)$/i;

/** How a request ended. */
export type Outcome =
  | { type: 'response'; status: number }
  | { type: 'aborted' }
  | { type: 'failed'; errorType: string; message?: string | undefined };

/** A request that has a span. */
export interface TracedRequest {
  readonly span: Span;
  /** Header fields to add, in order; empty for foreign URLs. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  end(outcome: Outcome): void;
}

/** A span for a request, or nothing if the URL is not HTTP, is ignored, or belongs to a request that has one. */
export const startRequest = (
  context: InstrumentationContext,
  scope: string,
  given: string,
  address: string,
): TracedRequest | undefined => {
  const url = resolveUrl(address);
  if (isNested || !url || !/^https?:$/.test(url.protocol) || context.isIgnored(url)) return undefined;
  const name = NORMALIZED.test(given) ? given.toUpperCase() : given;
  const method = METHODS.includes(name) ? name : '_OTHER';
  const route = context.routeName({ url, type: 'request' });
  const span = context.tracer.startSpan(`${method === '_OTHER' ? 'HTTP' : method} ${route}`, {
    kind: 3,
    scope,
    attributes: {
      'http.request.method': method,
      'http.request.method_original': method === name ? undefined : given,
      'url.full': context.redact(url.href),
      'url.template': route,
      'server.address': url.hostname.replace(/[[\]]/g, ''),
      'server.port': Number(url.port) || (url.protocol === 'http:' ? 80 : 443),
    },
  });
  const headers: [string, string][] = [];
  context.inject(url, span, (field, value) => headers.push([field, value]));
  const release = context.page.hold();
  return {
    span,
    headers,
    end: (outcome) => {
      describe(span, outcome);
      span.end();
      release();
    },
  };
};

const describe = (span: Span, outcome: Outcome): void => {
  if (outcome.type === 'aborted') {
    // The application's own wish is no error (semantic conventions, HTTP spans, since 1.41).
    span.setAttribute('rootspan.aborted', true);
  } else if (outcome.type === 'failed') {
    span.setAttribute('error.type', outcome.errorType);
    span.setStatus({ code: 2, message: outcome.message ?? '' });
  } else if (outcome.status) {
    // An opaque response has status 0, which is none.
    span.setAttribute('http.response.status_code', outcome.status);
    if (outcome.status < 400) return;
    span.setAttribute('error.type', `${outcome.status}`);
    span.setStatus({ code: 2 });
  }
};

let isNested = false;

/** Runs the browser's function. Requests made inside are its own: a `fetch` written upon XHR is one request, not two. */
export const runNative = <T>(fn: () => T): T => {
  const before = isNested;
  isNested = true;
  try {
    return fn();
  } finally {
    isNested = before;
  }
};
