import { useRef } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { isMissing } from '../data/api.js';
import { useLiveTraces } from '../data/live.js';
import { useKey } from '../data/use-keys.js';
import { useNow } from '../data/use-now.js';
import { useResource } from '../data/use-resource.js';
import { formatAge, formatMoment, plural } from '../model/format.js';
import type { ErrorDetails, Occurrence } from '../model/types.js';
import { ServiceName } from '../ui/chips.js';
import { Icon } from '../ui/icon.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { StackTrace } from '../ui/stack-trace.js';
import { useRowKeys } from '../ui/use-row-keys.js';
import { useTitle } from '../ui/use-title.js';

export const ErrorPage = () => {
  const { errorId = '' } = useParams();
  const navigate = useNavigate();
  const { data, error, loading, reload } = useResource<ErrorDetails>(`errors/${encodeURIComponent(errorId)}`);
  useTitle(data ? data.type : 'Error');
  useLiveTraces(reload, 2000);
  useKey('Escape', () => navigate('/errors'));
  return (
    <main className="page narrow-page">
      {loading && <Skeleton rows={6} label="Loading the error" />}
      {data && error && <Stale onRetry={reload} />}
      {data && <Known error={data} />}
      {!data &&
        error &&
        (isMissing(error) ? <Missing /> : <Failure what="the error" error={error} onRetry={reload} />)}
    </main>
  );
};

const Missing = () => (
  <Notice title="This error is not known">
    The collector was restarted with an empty store, or the address is wrong.{' '}
    <Link to="/errors">All errors</Link>
  </Notice>
);

const Known = ({ error }: { error: ErrorDetails }) => (
  <>
    <Head error={error} />
    {error.stack && <StackTrace stack={error.stack} />}
    <Occurrences error={error} />
  </>
);

const Head = ({ error }: { error: ErrorDetails }) => {
  const now = useNow();
  return (
    <header className="session-head">
      <Link to="/errors" className="icon-button" title="All errors">
        <Icon name="back" />
        <span className="visually-hidden">All errors</span>
      </Link>
      <div>
        <h1 className="error-name">{error.type}</h1>
        <p className="error-text">{error.message || 'No message'}</p>
        <p className="facts">
          <b>{plural(error.count, 'time')}</b>
          <span>in {plural(error.sessions, 'session')}</span>
          {error.route && <span>on {error.route}</span>}
          <ServiceName service={error.service} />
          <span>first {formatAge(error.firstTime, now)}</span>
          <span>last {formatAge(error.lastTime, now)}</span>
        </p>
      </div>
    </header>
  );
};

const Occurrences = ({ error: { occurrences, count } }: { error: ErrorDetails }) => {
  const list = useRef<HTMLOListElement>(null);
  useRowKeys(list);
  const told = occurrences.reduce((total, { times }) => total + times, 0);
  return (
    <section className="occurrences">
      <h2>
        Where it was met {told < count && <span className="faint">the latest {occurrences.length}</span>}
      </h2>
      <ol ref={list} className="error-list">
        {occurrences.map((occurrence) => (
          <OccurrenceRow key={`${occurrence.spanId}${occurrence.time}`} occurrence={occurrence} />
        ))}
      </ol>
    </section>
  );
};

const OccurrenceRow = ({ occurrence }: { occurrence: Occurrence }) => {
  const { traceId, spanId, sessionId, time, times, spanName } = occurrence;
  return (
    <li className="error-item">
      <Link to={`/traces/${traceId}?span=${spanId}`} className="occurrence" data-row>
        <time className="faint">{formatMoment(time, Date.now())}</time>
        <span className="clip">{spanName ?? 'span not received'}</span>
        {times > 1 && <span className="flag">{times} ×</span>}
        <span className="faint">
          trace <code>{traceId.slice(0, 8)}</code>
        </span>
      </Link>
      {sessionId && (
        <Link to={`/sessions/${encodeURIComponent(sessionId)}#span-${spanId}`} className="occurrence-session">
          Session {sessionId.slice(0, 8)}
        </Link>
      )}
    </li>
  );
};
