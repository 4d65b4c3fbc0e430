import { Link } from 'react-router';
import { formatDuration, formatTime, plural } from '../model/format.js';
import type { Chapter } from '../model/story.js';
import type { PageView, TraceItem } from '../model/types.js';
import { ErrorBadge, ServiceDot, VitalChips } from '../ui/chips.js';

const TYPES: Record<string, string> = {
  load: 'Page load',
  route: 'Route change',
  restore: 'Back/forward restore',
};

const END_REASONS: Record<string, string> = {
  quiet: 'settled',
  hidden: 'tab hidden',
  superseded: 'left for the next page',
  timeout: 'never settled',
  stopped: 'tracing stopped',
};

/** A page view of the session, with the time that passed before it and the traces it caused. */
export const ChapterCard = ({ chapter, number }: { chapter: Chapter; number: number }) => {
  const { view, traces, gapMs } = chapter;
  const others = traces.filter(({ traceId }) => traceId !== view.traceId);
  return (
    <li className={view.errors > 0 ? 'chapter has-error' : 'chapter'} id={`view-${view.id}`}>
      {gapMs !== null && <p className="gap">{gapText(gapMs)}</p>}
      <span className="chapter-number" aria-hidden="true">
        {number}
      </span>
      <div className="chapter-card">
        <Link to={`/traces/${view.traceId}?span=${view.spanId}`} className="chapter-main" data-row>
          <span className="chapter-title">
            <b className="clip">{view.route ?? view.name}</b>
            <span className="chapter-type">{TYPES[view.type ?? ''] ?? 'Page view'}</span>
            {view.url && <span className="faint clip chapter-url">{view.url}</span>}
          </span>
          <span className="chapter-duration">{formatDuration(view.durationMs)}</span>
        </Link>
        <ViewFacts view={view} />
        {others.length > 0 && <Traces traces={others} from={view.startTime} />}
      </div>
    </li>
  );
};

const ViewFacts = ({ view }: { view: PageView }) => (
  <div className="chapter-facts">
    <time className="faint">{formatTime(view.startTime).slice(0, 8)}</time>
    <span className="faint">{plural(view.requests, 'request')}</span>
    {view.endReason && (
      <span
        className={view.endReason === 'timeout' ? 'flag' : 'faint'}
        title={`rootspan.end_reason: ${view.endReason}`}
      >
        {END_REASONS[view.endReason] ?? view.endReason}
      </span>
    )}
    <ErrorBadge count={view.errors} />
    <VitalChips vitals={view.vitals} />
  </div>
);

const Traces = ({ traces, from }: { traces: readonly TraceItem[]; from: number }) => (
  <ul className="chapter-traces" aria-label="Traces after the page had settled">
    {traces.map((trace) => (
      <li key={trace.traceId}>
        <Link to={`/traces/${trace.traceId}`} data-row>
          <span className="event-offset faint">+{formatDuration(trace.startTime - from)}</span>
          <ServiceDot service={trace.rootService ?? ''} />
          <span className="clip">{trace.rootName ?? 'Root not received'}</span>
          <ErrorBadge count={trace.errorCount} />
          <span className="chapter-duration">{formatDuration(trace.durationMs)}</span>
        </Link>
      </li>
    ))}
  </ul>
);

const gapText = (gapMs: number): string =>
  gapMs >= 0
    ? `${formatDuration(gapMs)} on the page`
    : `left ${formatDuration(-gapMs)} before it had settled`;
