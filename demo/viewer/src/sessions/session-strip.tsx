import { formatDuration, formatTime } from '../model/format.js';
import { positionOf } from '../model/time-scale.js';
import type { PageView, Session } from '../model/types.js';

/** The whole session on one line: a block for each page view, red where something failed. */
export const SessionStrip = ({ session }: { session: Session }) => {
  const window = { start: session.startTime, end: Math.max(session.endTime, session.startTime + 1) };
  return (
    <nav className="session-strip" aria-label="Page views on the session's time">
      {session.pageViews.map((view) => (
        <a
          key={view.id}
          href={`#view-${view.id}`}
          className={view.errors > 0 ? 'strip-view has-error' : 'strip-view'}
          style={{
            left: `${positionOf(view.startTime, window) * 100}%`,
            width: `${(view.durationMs / (window.end - window.start)) * 100}%`,
          }}
          title={`${titleOf(view)}, ${formatTime(view.startTime).slice(0, 8)}, ${formatDuration(view.durationMs)}`}
          tabIndex={-1}
        >
          <span className="visually-hidden">{titleOf(view)}</span>
        </a>
      ))}
    </nav>
  );
};

const titleOf = (view: PageView): string => view.route ?? view.name;
