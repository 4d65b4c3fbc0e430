import { listen } from '../platform/lifecycle.js';
import type { Clock, Instrumentation, PageView, Span } from '../types.js';
import { stopAll } from '../util/stop.js';
import { openPageView } from './page-view.js';

/** Names of Navigation Timing, in the order in which they happen. */
const PHASES =
  'fetchStart domainLookupStart domainLookupEnd connectStart secureConnectionStart connectEnd requestStart responseStart responseEnd domInteractive domContentLoadedEventEnd domComplete loadEventEnd';

const readTiming = () =>
  // the type that was asked for, and the times of it by name
  performance.getEntriesByType('navigation')[0] as
    | (PerformanceNavigationTiming & Record<string, unknown>)
    | undefined;

/**
 * The page load: a root span from navigation start, or the child of the server's span that
 * `<meta name="traceparent">` names. It is held open until `load`.
 */
export const traceDocument = (): Instrumentation => ({
  name: 'document',
  start: (context) => {
    const { clock, page, after, config } = context;
    const read = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
    const server = config.propagators?.map(({ extract }) => extract?.(read)).find(Boolean);
    // The session decides: a trace that the server did not sample is linked, not continued.
    const isContinued = server && server.traceFlags & 1;
    openPageView(context, {
      type: 'load',
      startTime: clock.at(readTiming()?.activationStart ?? 0),
      parent: isContinued ? server : null,
      links: server && !isContinued ? [{ context: server }] : [],
    });
    const finish = (span: Span, { type }: PageView) => type === 'load' && addPhases(span, clock);
    page.endings.add(finish);
    const release = document.readyState === 'complete' ? undefined : page.hold?.();
    return stopAll([
      () => page.endings.delete(finish),
      // In a task of its own, when `loadEventEnd` is known.
      listen(window, 'load', () => after(0, () => release?.())),
    ]);
  },
});

const addPhases = (span: Span, clock: Clock): void => {
  const timing = readTiming();
  for (const phase of PHASES.split(' ')) {
    const time = timing?.[phase] as number; // the phases are numbers
    // 0: not reached, or hidden from us.
    if (time > 0) span.addEvent(phase, {}, clock.at(time));
  }
};
