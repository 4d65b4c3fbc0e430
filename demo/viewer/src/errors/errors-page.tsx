import { useRef } from 'react';
import { useLiveTraces } from '../data/live.js';
import { useNow } from '../data/use-now.js';
import { useResource } from '../data/use-resource.js';
import type { ErrorList } from '../model/types.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { useFilter } from '../ui/use-filter.js';
import { useRowKeys } from '../ui/use-row-keys.js';
import { useTitle } from '../ui/use-title.js';
import { ErrorFilter, errorQuery } from './error-filter.js';
import { ErrorRow } from './error-row.js';

const LIMIT = 200;

export const ErrorsPage = () => {
  useTitle('Errors');
  const { search, set } = useFilter();
  const query = errorQuery(search, Date.now());
  return (
    <main className="page">
      <h1 className="page-title">Errors</h1>
      <ErrorFilter search={search} onChange={set} />
      <Results query={query} filtered={search.size > 0} />
    </main>
  );
};

const Results = ({ query, filtered }: { query: URLSearchParams; filtered: boolean }) => {
  const rows = useRef<HTMLOListElement>(null);
  const now = useNow();
  const { data, error, loading, reload } = useResource<ErrorList>(`errors?limit=${LIMIT}&${query}`);
  useLiveTraces(reload, 2000);
  useRowKeys(rows);
  if (loading) return <Skeleton rows={6} label="Loading errors" />;
  if (!data) return error ? <Failure what="the errors" error={error} onRetry={reload} /> : null;
  if (data.errors.length === 0) return filtered ? <Notice title="No error matches" /> : <NoErrors />;
  return (
    <>
      {error && <Stale onRetry={reload} />}
      <div className="error-heads faint" aria-hidden="true">
        <span>Error</span>
        <span>Page</span>
        <span>Count</span>
        <span>Sessions</span>
        <span>First seen</span>
        <span>Last seen</span>
      </div>
      <ol ref={rows} className="error-list" aria-label="Errors">
        {data.errors.map((group) => (
          <ErrorRow key={group.id} group={group} now={now} />
        ))}
      </ol>
      {data.more && <p className="note">More than {LIMIT}: limit the list to see the others.</p>}
    </>
  );
};

const NoErrors = () => (
  <Notice title="No errors">
    Uncaught errors, rejected promises, failed requests and pictures, and what services have thrown, are
    listed here: the same mistake on the same page once. The shop’s page Signals has a button for each.
  </Notice>
);
