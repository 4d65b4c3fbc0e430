import { useRef } from 'react';
import { useNow } from '../data/use-now.js';
import { plural } from '../model/format.js';
import type { TraceItem } from '../model/types.js';
import { useRowKeys } from '../ui/use-row-keys.js';
import { TraceRow } from './trace-row.js';

interface TraceListProps {
  rows: readonly TraceItem[];
  waiting: number;
  more: boolean;
  onShowWaiting: () => void;
  onOlder: () => void;
}

export const TraceList = ({ rows, waiting, more, onShowWaiting, onOlder }: TraceListProps) => {
  const list = useRef<HTMLOListElement>(null);
  const now = useNow();
  useRowKeys(list);
  const longestMs = rows.reduce((longest, row) => Math.max(longest, row.durationMs), 0);
  return (
    <section className="trace-list" aria-label="Traces">
      <div className="pill-place" role="status">
        {waiting > 0 && (
          <button type="button" className="pill" onClick={onShowWaiting}>
            {plural(waiting, 'new trace')}
          </button>
        )}
      </div>
      <ol ref={list}>
        {rows.map((trace) => (
          <TraceRow key={trace.traceId} trace={trace} longestMs={longestMs} now={now} />
        ))}
      </ol>
      {more && (
        <button type="button" className="button older" onClick={onOlder}>
          Load older traces
        </button>
      )}
    </section>
  );
};
