import { useRef } from 'react';
import { useServices } from '../data/services.js';
import { useKey } from '../data/use-keys.js';
import { RANGES } from '../model/filter.js';
import { SearchInput } from '../ui/search-input.js';

/** What the API is asked, to the full minute, so that the same list is not asked for anew with each drawing. */
export const errorQuery = (search: URLSearchParams, now: number): URLSearchParams => {
  const query = new URLSearchParams();
  for (const name of ['q', 'service', 'sort']) {
    const value = search.get(name)?.trim();
    if (value) query.set(name, value);
  }
  const range = RANGES.find(({ value }) => value === search.get('range'));
  if (range) query.set('since', String((Math.floor(now / 60_000) - range.minutes) * 60_000));
  return query;
};

interface ErrorFilterProps {
  search: URLSearchParams;
  onChange: (name: string, value: string) => void;
}

export const ErrorFilter = ({ search, onChange }: ErrorFilterProps) => {
  const input = useRef<HTMLInputElement>(null);
  const { facets } = useServices();
  useKey('/', () => input.current?.focus());
  const select = (name: string, label: string, first: string, options: readonly [string, string][]) => (
    <select
      aria-label={label}
      value={search.get(name) ?? ''}
      onChange={(event) => onChange(name, event.currentTarget.value)}
    >
      <option value="">{first}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
  return (
    <div className="filters-main">
      <SearchInput
        label="Search types, messages, routes, stack traces"
        value={search.get('q') ?? ''}
        onChange={(text) => onChange('q', text)}
        input={input}
      />
      {select(
        'service',
        'Service',
        'Any service',
        facets.services.map(({ value }) => [value, value]),
      )}
      {select(
        'range',
        'Time range',
        'All time',
        RANGES.map(({ value, text }) => [value, text]),
      )}
      {select('sort', 'Order', 'Latest first', [['count', 'Most frequent first']])}
    </div>
  );
};
