import type { Metric, ReportOpts } from 'web-vitals';
import { listenHidden } from '../platform/lifecycle.js';
import type {
  Attributes,
  EpochMs,
  Instrumentation,
  InstrumentationContext,
  Page,
  PageView,
  Span,
} from '../types.js';

/** Where web-vitals reports to. It offers no way to stop, so it is asked once per page, whatever starts and stops. */
let receive: ((metric: Metric) => void) | undefined;
let isRegistered = false;

/** A function of web-vitals, of either build. */
type Observe = (report: (metric: Metric) => void, options: ReportOpts) => void;

/** What a metric says besides its value. */
export type DescribeVital = (context: InstrumentationContext, metric: Metric) => Attributes;

/** `reportVitals` by the functions of either build of web-vitals. */
export const reportVitalsBy = (observers: readonly Observe[], describe: DescribeVital): Instrumentation => ({
  name: 'vitals',
  start: (context) => {
    const { page, guard } = context;
    // By soft navigation, or by page view. Undefined once its values are told: what comes later belongs to no report.
    const reports = new Map<number | string | undefined, Report | undefined>();
    const finish = (kept = 0): void => {
      const open = [...reports].filter(([, report]) => report);
      for (const [key, report] of open.slice(0, open.length - kept)) {
        if (report) finishReport(report, page);
        reports.set(key, undefined);
      }
    };
    receive = guard((metric) => {
      const isSoft = metric.navigationType === 'soft-navigation';
      const view = isSoft ? page.current : page.load;
      const key = isSoft ? metric.navigationId : view?.id;
      if (!reports.has(key)) {
        // The route has changed again since: these values belong to neither.
        if (isSoft && view?.url !== metric.navigationURL) return;
        // The values of a route are final when the next one begins, and told soon after.
        finish(1);
        reports.set(key, createReport(context, view));
      }
      const report = reports.get(key);
      if (report) addVital(report, metric, context, describe);
    });
    register(observers);
    const stop = listenHidden(guard(() => finish()));
    return () => {
      stop();
      finish();
      receive = undefined;
    };
  },
});

const register = (observers: readonly Observe[]): void => {
  if (isRegistered) return;
  isRegistered = true;
  const forward = (metric: Metric) => receive?.(metric);
  for (const observe of observers) observe(forward, { reportSoftNavs: true, reportAllChanges: true });
};

/** Plain values: an entry would keep its element alive. */
type Vital = [attributes: Attributes, time: EpochMs];

interface Report {
  span: Span;
  start: EpochMs;
  /** The latest of each. */
  vitals: Map<string, Vital>;
}

const createReport = (
  { tracer, clock, page }: InstrumentationContext,
  view: PageView | undefined,
): Report => {
  const start = view?.startTime ?? clock.at(0);
  const parent = view?.context ?? null;
  const attributes = { 'rootspan.page_view.id': view?.id };
  const span = tracer.startSpan('web-vitals', { scope: 'vitals', parent, startTime: start, attributes });
  page.drafts.add(span);
  return { span, start, vitals: new Map() };
};

/** Each value is an attribute as long as it may change, for the case that the tab is killed. */
const addVital = (
  { span, start, vitals }: Report,
  metric: Metric,
  context: InstrumentationContext,
  describe: DescribeVital,
): void => {
  const { clock, page } = context;
  const { name, value, entries } = metric;
  const key = name.toLowerCase();
  const last = entries[entries.length - 1];
  // When it happened: the shift that made CLS, the interaction that made INP; the others count from the start.
  const isLate = last && /CLS|INP/.test(name);
  const time = (isLate ? clock.at(last.startTime) : start) + (name === 'CLS' ? 0 : value);
  const attributes: Attributes = {
    'browser.web_vital.name': key,
    'browser.web_vital.navigation_type': metric.navigationType,
    // As it is told once, all of it is new.
    'browser.web_vital.delta': value,
    ...describe(context, metric),
  };
  for (const part of ['value', 'id', 'rating'] as const)
    attributes[`browser.web_vital.${part}`] = metric[part];
  vitals.set(key, [attributes, time]);
  span.setAttribute(`rootspan.web_vital.${key}`, value);
  page.onDraft?.();
};

const finishReport = ({ span, start, vitals }: Report, { drafts }: Page): void => {
  let end = start;
  for (const [attributes, time] of vitals.values()) {
    span.addEvent('browser.web_vital', attributes, time);
    end = Math.max(end, time);
  }
  drafts.delete(span);
  span.end(end);
};
