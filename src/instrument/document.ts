import { readEarly } from '../platform/early.js';
import { isPrerendering, listen } from '../platform/lifecycle.js';
import { readStore, writeStore } from '../platform/storage.js';
import type { Instrumentation, InstrumentationContext, PageView, Span, SpanOptions, Stop } from '../types.js';
import { ofDocument } from '../util/own.js';
import { stopAll } from '../util/stop.js';
import { holdUntilPainted, openPageView } from './page-view.js';
import { readServerContext } from './server-timing.js';

/** Names of Navigation Timing, in the order in which they happen. */
const PHASES =
  'fetchStart domainLookupStart domainLookupEnd connectStart secureConnectionStart connectEnd requestStart responseStart responseEnd domInteractive domContentLoadedEventEnd domComplete loadEventEnd';

/** Where a tab keeps the traces of the servers that its pages have had. */
const KEY = 'rootspan-server-traces';

/** Why a page did not come back from the back/forward cache, of a frame and those in it (not yet in TypeScript). */
interface NotRestored {
  reasons: { reason: string }[] | null;
  children: NotRestored[] | null;
}

type Timing = PerformanceNavigationTiming &
  Record<string, unknown> & { notRestoredReasons?: NotRestored | null; deliveryType?: string };

const readTiming = () =>
  // the type that was asked for, and the times of it by name
  performance.getEntriesByType('navigation')[0] as Timing | undefined;

/**
 * The page load: a root span from navigation start, or the child of the server's span that
 * `<meta name="traceparent">` names, or `Server-Timing`. It is held open until `load`. A page that was loaded ahead begins when the visitor
 * comes to see it; one that comes back from the back/forward cache is a page view of its own, `page_restore`.
 */
export const traceDocument = (): Instrumentation => ({
  name: 'document',
  start: (context) => {
    const { clock, page, after, guard } = context;
    const [, traceId, spanId] = readEarly();
    let release: Stop | undefined;
    const open = () => {
      openPageLoad(context, { traceId, spanId });
      if (ofDocument('readyState') !== 'complete') release = page.hold?.();
    };
    const finish = (span: Span, view: PageView) => view.type === 'load' && addTiming(span, view);
    const restore = guard(({ persisted, timeStamp }: PageTransitionEvent) => {
      if (!persisted) return;
      openPageView(context, { type: 'restore', startTime: clock.at(timeStamp) });
      holdUntilPainted(context);
    });
    page.endings.add(finish);
    if (!isPrerendering()) open();
    return stopAll([
      () => page.endings.delete(finish),
      // Fired by pages alone that were loaded ahead.
      listen(document, 'prerenderingchange', guard(open)),
      // Before web-vitals hears of it, which tells its first value at once.
      listen(window, 'pageshow', restore, { capture: true }),
      // In a task of its own, when `loadEventEnd` is known.
      listen(window, 'load', () => after(0, () => release?.())),
    ]);
  },
});

const openPageLoad = (context: InstrumentationContext, ids: NonNullable<SpanOptions['ids']>): void => {
  const { clock, config } = context;
  const read = (name: string) => ofDocument('querySelector').call(document, `meta[name="${name}"]`)?.content;
  const timing: Partial<Timing> = readTiming() ?? {};
  const { activationStart = 0, loadEventEnd, type, notRestoredReasons, serverTiming, deliveryType } = timing;
  const isCached = deliveryType === undefined ? seemsCached(timing) : deliveryType === 'cache';
  const server =
    config.propagators?.map(({ extract }) => extract?.(read)).find(Boolean) ??
    readServerContext(context, serverTiming);
  const seen = readStore(KEY, 'session') ?? '';
  // The session decides: a trace that the server did not sample is linked, not continued, unless the server is to
  // decide. So is one that the snippet has not seen, and one of an earlier visit: a copy of the document was shown.
  const isContinued =
    server &&
    (config.parentBased || server.traceFlags & 1) &&
    (ids.traceId ?? server.traceId) === server.traceId &&
    !isCached &&
    !seen.includes(server.traceId);
  // The last twenty.
  if (server) writeStore(KEY, (server.traceId + seen).slice(0, 640), 'session');
  openPageView(context, {
    type: 'load',
    startTime: clock.at(activationStart),
    quietSince: loadEventEnd ? clock.at(Math.max(loadEventEnd, activationStart)) : undefined,
    parent: isContinued ? server : null,
    links: server && !isContinued ? [{ context: server }] : [],
    ids,
  }).setAttributes({
    'rootspan.page_view.navigation_type': activationStart ? 'prerender' : type,
    // not yet in TypeScript's library
    'rootspan.page_view.discarded': (document as { wasDiscarded?: boolean }).wasDiscarded || undefined,
    'rootspan.page_view.not_restored_reasons': notRestoredReasons ? reasonsOf(notRestoredReasons) : undefined,
  });
};

/** Where the browser does not say so: nothing was transferred, though the document is there, or came in no time. */
const seemsCached = (timing: Partial<Timing>): boolean => {
  const { decodedBodySize, transferSize, workerStart, responseStart = 1, fetchStart = 0 } = timing;
  return !transferSize && !workerStart && (!!decodedBodySize || responseStart <= fetchStart);
};

const reasonsOf = ({ reasons, children }: NotRestored): string[] => [
  ...(reasons ?? []).map(({ reason }) => reason),
  ...(children ?? []).flatMap(reasonsOf),
];

const addTiming = (span: Span, { startTime }: PageView): void => {
  const timing = readTiming();
  // As the clock was when it began: the machine may have slept since.
  const anchor = startTime - (timing?.activationStart ?? 0);
  for (const phase of PHASES.split(' ')) {
    const time = timing?.[phase] as number; // the phases are numbers
    // 0: not reached, or hidden from us. The first is reached at once: 0 in Firefox, which rounds.
    if (time > 0 || (time === 0 && phase === 'fetchStart')) span.addEvent(phase, {}, anchor + time);
  }
  const [hidden] = performance
    .getEntriesByType('visibility-state')
    .map((entry) => (entry.name === 'hidden' ? anchor + entry.startTime - startTime : -1))
    // A page that is loaded ahead is hidden too, before its page view begins.
    .filter((sinceStart) => sinceStart > -1);
  span.setAttributes({ 'rootspan.page_view.hidden_ms': hidden });
};
