import { listen } from '../platform/lifecycle.js';
import type { Instrumentation } from '../types.js';
import { redactText } from '../util/redact.js';
import { stopAll } from '../util/stop.js';
import { safeText } from './describe-url.js';
import { createPageSpans } from './page-spans.js';

/** Where the browser has seen it. */
interface Place {
  readonly sourceFile: string | null;
  readonly lineNumber: number | null;
  readonly columnNumber: number | null;
}

/** Not yet in TypeScript's library. */
interface BrowserReport {
  readonly type: string;
  readonly body: Place & { readonly id: string; readonly message: string };
}

declare class ReportingObserver {
  constructor(callback: (reports: BrowserReport[]) => void, options: { types: string[]; buffered: boolean });
  observe(): void;
  disconnect(): void;
}

/**
 * What the browser has to say about the page: a violation of its Content Security Policy as an error; a deprecation or
 * an intervention as a zero-length span of the page view.
 */
export const traceReports = (): Instrumentation => ({
  name: 'reports',
  start: (context) => {
    const { clock, guard, collector, recordException } = context;
    const startSpan = createPageSpans(context, 'reports');
    const describe = ({ sourceFile, lineNumber, columnNumber }: Place): string =>
      `${safeText(context, `${sourceFile}`)}:${lineNumber}:${columnNumber}`;

    const onViolation = guard((event: SecurityPolicyViolationEvent) => {
      const { blockedURI, effectiveDirective, disposition } = event;
      // What we send would be refused again.
      const isConnection = effectiveDirective === 'connect-src';
      if (isConnection && blockedURI && collector.href.startsWith(blockedURI.replace(/logs$/, ''))) return;
      const message = `${effectiveDirective} (${disposition}): ${safeText(context, blockedURI)}`;
      const stack = `${message}\n    at ${describe(event)}`;
      recordException({ name: 'SecurityPolicyViolation', message, stack });
    });
    const onReport = guard(({ type, body }: BrowserReport) => {
      const time = clock.now();
      startSpan(type, time, {
        'rootspan.report.id': body.id,
        'rootspan.report.message': redactText(body.message),
        'rootspan.report.source': describe(body),
      })?.end(time);
    });

    const stops = [listen(document, 'securitypolicyviolation', onViolation)];
    if ('ReportingObserver' in window) {
      const types = ['deprecation', 'intervention'];
      const observer = new ReportingObserver(
        // The page may have replaced what lists have.
        guard((reports: BrowserReport[]) => reports.forEach(onReport)),
        { types, buffered: true },
      );
      observer.observe();
      stops.push(() => observer.disconnect());
    }
    return stopAll(stops);
  },
});
