import { Link } from 'react-router';
import { formatAge, formatDay, formatDuration, formatTime, plural } from '../model/format.js';
import type { TraceItem, VitalName } from '../model/types.js';
import { ErrorBadge, ServiceChips, ServiceDot, VitalChips } from '../ui/chips.js';

const ROW_VITALS: readonly VitalName[] = ['lcp', 'inp', 'cls'];

interface TraceRowProps {
  trace: TraceItem;
  /** The longest of the list, which the bars are drawn against. */
  longestMs: number;
  now: number;
}

export const TraceRow = ({ trace, longestMs, now }: TraceRowProps) => (
  <li>
    <Link
      to={`/traces/${trace.traceId}`}
      className={trace.errorCount > 0 ? 'trace-row has-error' : 'trace-row'}
      data-row
    >
      <time className="trace-time" title={`${formatDay(trace.startTime)} ${formatTime(trace.startTime)}`}>
        <span>{formatTime(trace.startTime).slice(0, 8)}</span>
        <span className="faint">{formatAge(trace.startTime, now)}</span>
      </time>
      <span className="trace-title">
        <span className="trace-name">
          <ServiceDot service={trace.rootService ?? ''} />
          <span className="clip">{trace.rootName ?? 'Root not received'}</span>
          <ErrorBadge count={trace.errorCount} />
        </span>
        <span className="trace-sub faint">
          <span className="clip">{trace.rootService ?? 'unknown service'}</span>
          {!trace.hasRoot && <span className="flag">no root yet</span>}
        </span>
      </span>
      <DurationBar durationMs={trace.durationMs} longestMs={longestMs} />
      <span className="trace-services">
        <ServiceChips services={trace.services} />
      </span>
      <span className="trace-marks">
        <VitalChips vitals={trace.vitals} only={ROW_VITALS} />
      </span>
      <span className="trace-spans faint">{plural(trace.spanCount, 'span')}</span>
    </Link>
  </li>
);

/** Drawn by the square root: a list holds spans of milliseconds next to page loads of seconds. */
const DurationBar = ({ durationMs, longestMs }: { durationMs: number; longestMs: number }) => {
  const share = longestMs > 0 ? Math.sqrt(Math.max(durationMs, 0) / longestMs) : 0;
  return (
    <span className="duration">
      <span className="duration-text">{formatDuration(durationMs)}</span>
      <span className="duration-track" aria-hidden="true">
        <span className="duration-bar" style={{ width: `${share * 100}%` }} />
      </span>
    </span>
  );
};
