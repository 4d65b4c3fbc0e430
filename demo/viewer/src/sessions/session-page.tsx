import { type RefObject, useEffect, useRef } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { isMissing } from '../data/api.js';
import { useLiveTraces } from '../data/live.js';
import { useKey } from '../data/use-keys.js';
import { useResource } from '../data/use-resource.js';
import { formatDay, formatDuration, formatTime, plural } from '../model/format.js';
import { tellStory } from '../model/story.js';
import type { Session } from '../model/types.js';
import { ErrorBadge, InteractionBadges } from '../ui/chips.js';
import { CopyButton } from '../ui/copy-button.js';
import { Icon } from '../ui/icon.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { useRowKeys } from '../ui/use-row-keys.js';
import { useTitle } from '../ui/use-title.js';
import { ChapterCard } from './chapter-card.js';
import { LooseEntries } from './loose-entries.js';
import { SessionStrip } from './session-strip.js';

export const SessionPage = () => {
  const { sessionId = '' } = useParams();
  useTitle(`Session ${sessionId.slice(0, 8)}`);
  const { data, error, loading, reload } = useResource<Session>(`sessions/${encodeURIComponent(sessionId)}`);
  useLiveTraces(reload, 1500);
  return (
    <main className="page narrow-page">
      {loading && <Skeleton rows={6} label="Loading the session" />}
      {data && error && <Stale onRetry={reload} />}
      {data && <Story session={data} />}
      {!data &&
        error &&
        (isMissing(error) ? <Missing /> : <Failure what="the session" error={error} onRetry={reload} />)}
    </main>
  );
};

const Missing = () => (
  <Notice title="This session is not known">
    Nothing of it has arrived, or the collector was restarted with an empty store.{' '}
    <Link to="/sessions">All sessions</Link>
  </Notice>
);

const Story = ({ session }: { session: Session }) => {
  const list = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const { chapters, loose } = tellStory(session);
  useRowKeys(list);
  useTarget(list);
  useKey('Escape', () => navigate('/sessions'));
  return (
    <>
      <SessionHeader session={session} />
      <SessionStrip session={session} />
      <div ref={list}>
        <ol className="story">
          {chapters.map((chapter, index) => (
            <ChapterCard key={chapter.view.id} chapter={chapter} number={index + 1} />
          ))}
        </ol>
        <LooseEntries entries={loose} from={session.startTime} />
      </div>
    </>
  );
};

/** The place that the address names is there only now that the story is. */
const useTarget = (list: RefObject<HTMLElement | null>): void => {
  const { hash } = useLocation();
  useEffect(() => {
    const target = hash && list.current?.querySelector(`[id="${CSS.escape(hash.slice(1))}"]`);
    if (!target) return;
    target.scrollIntoView({ block: 'center' });
    target.querySelector<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
  }, [hash, list]);
};

const SessionHeader = ({ session }: { session: Session }) => {
  const { sessionId, previousId, startTime, endTime, pageViews } = session;
  const requests = pageViews.reduce((total, view) => total + view.requests, 0);
  const errors = pageViews.reduce((total, view) => total + view.errors, 0);
  const rage = session.moments.some(({ marks }) => marks.includes('rage'));
  return (
    <header className="session-head">
      <Link to="/sessions" className="icon-button" title="All sessions">
        <Icon name="back" />
        <span className="visually-hidden">All sessions</span>
      </Link>
      <div>
        <h1>
          Session <code>{sessionId.slice(0, 12)}</code>{' '}
          <CopyButton text={sessionId} label="Copy the session id" />
        </h1>
        <p className="facts">
          <b>{formatDuration(endTime - startTime)}</b>
          <span>{plural(pageViews.length, 'page view')}</span>
          <span>{plural(requests, 'request')}</span>
          <time>
            {formatDay(startTime)} {formatTime(startTime).slice(0, 8)}
          </time>
          <Link to={`/traces?session=${encodeURIComponent(sessionId)}`}>All its traces</Link>
          {previousId && <Link to={`/sessions/${encodeURIComponent(previousId)}`}>Session before</Link>}
        </p>
      </div>
      {rage && <InteractionBadges marks={['rage']} />}
      <ErrorBadge count={errors} />
    </header>
  );
};
