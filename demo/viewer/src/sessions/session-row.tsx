import { Link } from 'react-router';
import { useNow } from '../data/use-now.js';
import { formatAge, formatDay, formatDuration, formatTime, plural } from '../model/format.js';
import type { SessionItem } from '../model/types.js';
import { ErrorBadge, ServiceName } from '../ui/chips.js';

export const SessionRow = ({ session }: { session: SessionItem }) => {
  const now = useNow();
  const { sessionId, startTime, endTime, entryRoute, lastRoute, userId } = session;
  return (
    <li>
      <Link to={`/sessions/${encodeURIComponent(sessionId)}`} className="session-row" data-row>
        <time className="trace-time" title={`${formatDay(startTime)} ${formatTime(startTime)}`}>
          <span>{formatTime(startTime).slice(0, 8)}</span>
          <span className="faint">{formatAge(endTime, now)}</span>
        </time>
        <span className="session-title">
          <span className="session-path">
            <b className="clip">{entryRoute ?? 'no page view'}</b>
            {lastRoute && lastRoute !== entryRoute && (
              <>
                <span className="faint" aria-hidden="true">
                  →
                </span>
                <span className="visually-hidden">, last at </span>
                <span className="clip">{lastRoute}</span>
              </>
            )}
          </span>
          <span className="faint trace-sub">
            <code>{sessionId.slice(0, 12)}</code>
            {userId && <span>user {userId}</span>}
          </span>
        </span>
        <span className="session-length">{formatDuration(session.durationMs)}</span>
        <span className="session-counts faint">
          <span>{plural(session.pageViews, 'page view')}</span>
          <span>{plural(session.requests, 'request')}</span>
        </span>
        <span className="chips session-services">
          {session.services.map((service) => (
            <ServiceName key={nameOf(service)} service={nameOf(service)} />
          ))}
        </span>
        <ErrorBadge count={session.errors} />
      </Link>
    </li>
  );
};

const nameOf = (service: SessionItem['services'][number]): string =>
  typeof service === 'string' ? service : service.name;
