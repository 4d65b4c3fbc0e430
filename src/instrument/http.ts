import type { EpochMs, InstrumentationContext, Span, SpanOptions } from '../types.js';
import { findPropagators, isCollector, matchesUrl, ownOrigin, resolveUrl } from '../util/url.js';
import { describeUrl } from './describe-url.js';
import { readServerContext } from './server-timing.js';
import { isSpared, isSuspect, prove, spare, takesPreload } from './spare.js';
import { describeTiming, startTiming } from './timing.js';

/** Those that the Fetch standard writes in capitals; `patch` it leaves alone. */
const NORMALIZED = /^(delete|get|head|options|post|put)$/i;
const KNOWN = /^(DELETE|GET|HEAD|OPTIONS|POST|PUT|PATCH|QUERY)$/;

/** How a request ended: its status, 0 for an opaque response; a kind of error; or nothing, if the page gave it up. */
export type Outcome = number | string | undefined;

export type Field = readonly [name: string, value: string];
/** Header fields to add, in order, without the formats of which the page has set a name itself; none for foreign URLs. */
export type Fields = (has: (name: string) => boolean) => Field[];

/** A request that has a span. */
export interface TracedRequest {
  readonly span: Span;
  readonly fields: Fields;
  /** What is known once the browser has read the arguments. */
  describe(method: unknown, body?: unknown): void;
  /** After a network error: whether it shall be sent once more, without our fields. */
  mayRepeat(message: string): boolean;
  /** `isReading` tells whether the page reads a body that may be long. */
  end(outcome: Outcome, message?: string, isReading?: () => unknown, time?: EpochMs): void;
}

/** A client span named after `kind` and the place, or nothing if the URL is not one of the network or is ignored. */
export const startClient = (
  context: InstrumentationContext,
  scope: string,
  kind: string,
  address: string,
  options: SpanOptions = {},
): { span: Span; url: URL; template: string } | undefined => {
  const url = findUrl(context, address);
  if (!url) return undefined;
  const attributes = describePlace(context, url, 'request');
  const template = attributes['url.template'];
  const span = context.tracer.startSpan(`${kind} ${template}`, { ...options, kind: 3, scope, attributes });
  return { span, url, template };
};

/** A span for a request, or nothing: see `startClient`. */
export const startRequest = (
  context: InstrumentationContext,
  scope: string,
  address: string,
  options: SpanOptions = {},
): TracedRequest | undefined => {
  const { clock, config, guard } = context;
  const anchor = clock.anchor();
  const client = startClient(context, scope, 'HTTP', address, options);
  if (!client) return undefined;
  const { span, url, template } = client;
  // What either works with headers or does not.
  const place = url.origin === ownOrigin() ? template : url.origin;
  const fields = isSpared(place) ? () => [] : createFields(context, span, url);
  let carried = 0;
  let isRepeated = false;
  let method = '';
  let answered: EpochMs | undefined;
  const begun = (options.startTime ?? clock.now(anchor)) - anchor;
  const settle = startTiming(context, url, begun, (entry) => {
    // The page was left before there was an answer.
    if (!answered) span.setAttribute('rootspan.end_reason', 'hidden');
    // That of the first attempt tells nothing of the second.
    if (isRepeated) return span.end(answered);
    if (entry) guard(addTiming)(context, span, entry);
    span.end(entry ? anchor + entry.responseEnd : answered);
  });
  return {
    span,
    fields: (has) => {
      const found = fields(has);
      carried = found.length;
      return found;
    },
    describe: (given, body) => {
      // An object would have to be made a text once more, which the page could see.
      const original = typeof given === 'string' ? given : '';
      const name = original.replace(NORMALIZED, (text) => text.toUpperCase());
      const isKnown = KNOWN.test(name);
      method = name;
      span.updateName(`${isKnown ? name : 'HTTP'} ${template}`).setAttributes({
        ...guard(() =>
          config.describeRequest?.({ url, body: typeof body === 'string' ? body : undefined }),
        )(),
        'http.request.method': isKnown ? name : '_OTHER',
        'http.request.method_original': name === original && isKnown ? undefined : original,
      });
    },
    mayRepeat: (message) => {
      isRepeated = !!carried && /^(GET|HEAD)$/.test(method) && isSuspect(place, message);
      if (isRepeated) span.setAttribute('http.request.resend_count', 1);
      return isRepeated;
    },
    end: (outcome, message = '', isReading, time = clock.now(anchor)) => {
      // The application's own wish is no error (semantic conventions, HTTP spans, since 1.41).
      if (outcome === undefined) span.setAttribute('rootspan.aborted', true);
      if (outcome && +outcome) span.setAttribute('http.response.status_code', +outcome);
      if (outcome && !(+outcome < 400)) {
        span.setAttribute('error.type', `${outcome}`).setStatus({ code: 2, message });
      }
      // Where the second attempt has failed too, it was not the headers; an opaque response had none.
      if (carried && outcome) {
        if (+outcome) (isRepeated ? spare : prove)(place);
        else if (!isRepeated && isSuspect(place, message || `${outcome}`)) spare(place);
      }
      answered = time;
      settle(typeof outcome === 'number', isReading);
    },
  };
};

/** An unsampled session's requests carry nothing, or that they are not sampled. */
const createFields = (context: InstrumentationContext, span: Span, url: URL): Fields => {
  const { baggage, config, consent, guard } = context;
  const isSent =
    consent() === 'granted' &&
    (span.spanContext().traceFlags & 1 || config.unsampledHeaders === 'send') &&
    !guard(takesPreload)(url);
  const formats = ((isSent && guard(findPropagators)(config, url)) || []).map(({ fields: names, inject }) => {
    const fields: Field[] = [];
    guard(inject)(span.spanContext(), (...field) => fields.push(field), baggage());
    return { names, fields };
  });
  return (has) => formats.flatMap(({ names, fields }) => (names.some(has) ? [] : fields));
};

/** The absolute URL; undefined if it is not of the network, ignored, or the collector's. */
export const findUrl = (
  { collector, config, guard }: InstrumentationContext,
  address: string,
): URL | undefined => {
  const url = resolveUrl(address);
  return url &&
    /^(http|ws)/.test(url.protocol) &&
    !isCollector(url, collector) &&
    !guard(matchesUrl)(url, config.ignoreUrls)
    ? url
    : undefined;
};

/** Where a request goes. */
export const describePlace = (context: InstrumentationContext, url: URL, type: 'request' | 'resource') => ({
  ...describeUrl(context, { url, type }),
  'server.address': url.hostname.replace(/[[\]]/g, ''),
  'server.port': Number(url.port) || (/s:$/.test(url.protocol) ? 443 : 80),
});

/** Adds what the browser has measured, and the server has told of itself. */
export const addTiming = (
  context: InstrumentationContext,
  span: Span,
  entry: PerformanceResourceTiming,
): void => {
  const server = readServerContext(context, entry.serverTiming);
  if (server) span.addLink({ context: server });
  span.setAttributes(describeTiming(entry));
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
