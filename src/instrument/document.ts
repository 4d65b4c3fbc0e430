import { whenLoaded } from '../platform/lifecycle.js';
import type { Clock, Instrumentation, Span } from '../types.js';
import { openPageView } from './page-view.js';

/** Names of Navigation Timing, in the order in which they happen. */
const PHASES = [
  'fetchStart',
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'secureConnectionStart',
  'connectEnd',
  'requestStart',
  'responseStart',
  'responseEnd',
  'domInteractive',
  'domContentLoadedEventEnd',
  'domComplete',
  'loadEventEnd',
] as const;

const readTiming = (): PerformanceNavigationTiming | undefined =>
  // the type that was asked for
  performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined;

/**
 * The page load: a root span from navigation start, or the child of the server's span that
 * `<meta name="traceparent">` names. It is held open until `load`.
 */
export const traceDocument = (): Instrumentation => ({
  name: 'document',
  start: (context) => {
    const { clock, page, extract, after, guard } = context;
    const server = extract(
      (name) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content,
    );
    // The session decides: a trace that the server did not sample is linked, not continued.
    const isContinued = server && server.traceFlags & 1;
    openPageView(context, {
      type: 'load',
      startTime: clock.at(readTiming()?.activationStart ?? 0),
      parent: isContinued ? server : null,
      links: server && !isContinued ? [{ context: server }] : [],
      beforeEnd: (span) => addPhases(span, clock),
    });
    const release = page.hold();
    const stop = whenLoaded(after, guard(release));
    return () => {
      stop();
      release();
    };
  },
});

const addPhases = (span: Span, clock: Clock): void => {
  const timing = readTiming();
  if (!timing) return;
  const origin = clock.at(0);
  for (const phase of PHASES) {
    // 0: not reached, or hidden from us.
    if (timing[phase] > 0) span.addEvent(phase, {}, origin + timing[phase]);
  }
};
