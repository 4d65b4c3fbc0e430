import { RANGES, type TraceFilter } from '../model/filter.js';
import { formatTime } from '../model/format.js';

interface RangeSelectProps {
  filter: TraceFilter;
  onChange: (change: Partial<TraceFilter>) => void;
}

/** The time range; one that was drawn on the chart stands in the list until another is chosen. */
export const RangeSelect = ({ filter, onChange }: RangeSelectProps) => {
  const drawn = filter.since !== '' || filter.until !== '';
  return (
    <select
      aria-label="Time range"
      className="range"
      value={drawn ? 'drawn' : filter.range}
      onChange={(event) => onChange({ range: event.currentTarget.value, since: '', until: '' })}
    >
      <option value="">All time</option>
      {RANGES.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
      {drawn && <option value="drawn">{drawnText(filter)}</option>}
    </select>
  );
};

const drawnText = ({ since, until }: TraceFilter): string =>
  `${since ? clock(since) : 'the beginning'} – ${until ? clock(until) : 'now'}`;

const clock = (time: string): string => formatTime(Number(time)).slice(0, 8);
