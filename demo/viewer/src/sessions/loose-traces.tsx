import { Link } from 'react-router';
import { formatDuration, formatTime } from '../model/format.js';
import type { TraceItem } from '../model/types.js';
import { ErrorBadge } from '../ui/chips.js';

/** Traces from before the first page view that is known. */
export const LooseTraces = ({ traces }: { traces: readonly TraceItem[] }) =>
  traces.length === 0 ? null : (
    <section className="loose">
      <h2>Without a page view</h2>
      <ul className="chapter-traces">
        {traces.map((trace) => (
          <li key={trace.traceId}>
            <Link to={`/traces/${trace.traceId}`} data-row>
              <span className="event-offset faint">{formatTime(trace.startTime).slice(0, 8)}</span>
              <span className="clip">{trace.rootName ?? 'Root not received'}</span>
              <ErrorBadge count={trace.errorCount} />
              <span className="chapter-duration">{formatDuration(trace.durationMs)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
