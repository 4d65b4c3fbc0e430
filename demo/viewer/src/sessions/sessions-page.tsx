import { useRef } from 'react';
import { useServices } from '../data/services.js';
import { useKeys } from '../data/use-keys.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { SearchInput } from '../ui/search-input.js';
import { useFilter } from '../ui/use-filter.js';
import { useRowKeys } from '../ui/use-row-keys.js';
import { useTitle } from '../ui/use-title.js';
import { SessionRow } from './session-row.js';
import { type SessionList, useSessionList } from './use-session-list.js';

export const SessionsPage = () => {
  useTitle('Sessions');
  const { search, set } = useFilter();
  const query = {
    q: search.get('q') ?? '',
    service: search.get('service') ?? '',
    error: search.get('error') ?? '',
  };
  const list = useSessionList(query);
  return (
    <main className="page">
      <h1 className="page-title">Sessions</h1>
      <SessionFilter {...query} onChange={set} />
      <Results list={list} filtered={Object.values(query).some(Boolean)} />
    </main>
  );
};

interface SessionFilterProps {
  q: string;
  service: string;
  error: string;
  onChange: (name: string, value: string) => void;
}

const SessionFilter = ({ q, service, error, onChange }: SessionFilterProps) => {
  const input = useRef<HTMLInputElement>(null);
  const { facets } = useServices();
  useKeys({ '/': () => input.current?.focus(), e: () => onChange('error', error ? '' : '1') });
  return (
    <div className="filters-main">
      <SearchInput
        label="Search session ids, users, routes"
        value={q}
        onChange={(text) => onChange('q', text)}
        input={input}
      />
      <select
        aria-label="Service"
        value={service}
        onChange={(event) => onChange('service', event.currentTarget.value)}
      >
        <option value="">Any service</option>
        {facets.services.map(({ value }) => (
          <option key={value}>{value}</option>
        ))}
      </select>
      <label className="toggle error-toggle">
        <input
          type="checkbox"
          checked={error === '1'}
          onChange={(event) => onChange('error', event.currentTarget.checked ? '1' : '')}
        />
        With errors
      </label>
    </div>
  );
};

const Results = ({ list, filtered }: { list: SessionList; filtered: boolean }) => {
  const rows = useRef<HTMLOListElement>(null);
  useRowKeys(rows);
  if (list.loading) return <Skeleton rows={6} label="Loading sessions" />;
  if (!list.sessions) {
    return list.error ? <Failure what="the sessions" error={list.error} onRetry={list.reload} /> : null;
  }
  if (list.sessions.length === 0) return filtered ? <Notice title="No session matches" /> : <NoSessions />;
  return (
    <>
      {list.error && <Stale onRetry={list.reload} />}
      <ol ref={rows} className="session-list" aria-label="Sessions">
        {list.sessions.map((session) => (
          <SessionRow key={session.sessionId} session={session} />
        ))}
      </ol>
      {list.next && (
        <button type="button" className="button older" onClick={list.loadOlder}>
          Load older sessions
        </button>
      )}
    </>
  );
};

const NoSessions = () => (
  <Notice title="No sessions yet">
    A session begins with the first page view of a browser and ends after 15 minutes without one.
  </Notice>
);
