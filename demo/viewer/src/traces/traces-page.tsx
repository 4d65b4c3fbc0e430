import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useKeys } from '../data/use-keys.js';
import { isFiltered, readFilter, type TraceFilter, writeFilter } from '../model/filter.js';
import { Failure, Notice, Skeleton, Stale } from '../ui/notice.js';
import { useTitle } from '../ui/use-title.js';
import { FilterBar } from './filter-bar.js';
import { OverviewStrip } from './overview-strip.js';
import { TraceList } from './trace-list.js';
import { type TraceList as TraceListState, useTraceList } from './use-trace-list.js';

/** Above this the reader still looks at the newest rows. */
const NEAR_TOP_PX = 40;

export const TracesPage = () => {
  useTitle('Traces');
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const input = useRef<HTMLInputElement>(null);
  const list = useTraceList(filter, mayPrepend);
  const change = (part: Partial<TraceFilter>) =>
    setSearch((before) => writeFilter(before, part), { replace: true });
  const clear = () => setSearch({}, { replace: true });
  const showWaiting = () => {
    list.showWaiting();
    window.scrollTo({ top: 0 });
  };
  useKeys({
    '/': () => input.current?.focus(),
    e: () => change({ error: !filter.error }),
    n: showWaiting,
  });
  const selectTime = (since: number, until: number) =>
    change({ range: '', since: String(Math.round(since)), until: String(Math.round(until)) });
  return (
    <main className="page">
      <h1 className="visually-hidden">Traces</h1>
      <OverviewStrip range={filter.range} onSelect={selectTime} />
      <FilterBar filter={filter} onChange={change} onClear={clear} search={input} />
      <Results list={list} filtered={isFiltered(filter)} onClear={clear} onShowWaiting={showWaiting} />
    </main>
  );
};

interface ResultsProps {
  list: TraceListState;
  filtered: boolean;
  onClear: () => void;
  onShowWaiting: () => void;
}

const Results = ({ list, filtered, onClear, onShowWaiting }: ResultsProps) => {
  const { rows, waiting, next, error, loading, reload, loadOlder } = list;
  if (loading) return <Skeleton rows={8} label="Loading traces" />;
  if (!rows) return error ? <Failure what="the traces" error={error} onRetry={reload} /> : null;
  if (rows.length === 0 && waiting.length === 0)
    return filtered ? <NoMatch onClear={onClear} /> : <NoTraces />;
  return (
    <>
      {error && <Stale onRetry={reload} />}
      <TraceList
        rows={rows}
        waiting={waiting.length}
        more={next !== null}
        onShowWaiting={onShowWaiting}
        onOlder={loadOlder}
      />
    </>
  );
};

const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <Notice
    title="No trace matches"
    action={
      <button type="button" className="button" onClick={onClear}>
        Clear the filters
      </button>
    }
  >
    New traces that match appear here by themselves.
  </Notice>
);

const NoTraces = () => (
  <Notice title="Waiting for the first trace">
    Open the shop and click around: each page view and each request shows up here within a few seconds. To
    have a browser do it, run <code>npm run demo -- --drive</code>.
  </Notice>
);

/** New rows may slip in on top only where nobody is reading or tabbing through the rows. */
const mayPrepend = (): boolean =>
  window.scrollY < NEAR_TOP_PX && !document.activeElement?.matches('[data-row]');
