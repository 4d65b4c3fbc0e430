import { type RefObject, useState } from 'react';
import { useServices } from '../data/services.js';
import {
  countFilters,
  isFiltered,
  parseDuration,
  type TextField,
  type TraceFilter,
} from '../model/filter.js';
import { Icon } from '../ui/icon.js';
import { SearchInput } from '../ui/search-input.js';
import { FilterField } from './filter-field.js';
import { RangeSelect } from './range-select.js';

interface FilterBarProps {
  filter: TraceFilter;
  onChange: (change: Partial<TraceFilter>) => void;
  onClear: () => void;
  search: RefObject<HTMLInputElement | null>;
}

export const FilterBar = ({ filter, onChange, onClear, search }: FilterBarProps) => {
  const [open, setOpen] = useState(false);
  const count = countFilters(filter);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not known to all browsers this page is opened in.
    <form role="search" className="filters" onSubmit={(event) => event.preventDefault()}>
      <div className="filters-main">
        <SearchInput
          label="Search names, attributes, trace ids"
          value={filter.q}
          onChange={(q) => onChange({ q })}
          input={search}
        />
        <RangeSelect filter={filter} onChange={onChange} />
        <label className="toggle error-toggle">
          <input
            type="checkbox"
            checked={filter.error}
            onChange={(event) => onChange({ error: event.currentTarget.checked })}
          />
          Errors only
        </label>
        <button
          type="button"
          className="button narrow-only"
          aria-expanded={open}
          onClick={() => setOpen((value) => !value)}
        >
          <Icon name="filter" size={14} /> Filters{count > 0 && ` (${count})`}
        </button>
        {isFiltered(filter) && (
          <button type="button" className="link-button" onClick={onClear}>
            Clear
          </button>
        )}
      </div>
      <Fields filter={filter} onChange={onChange} open={open} />
    </form>
  );
};

const Fields = ({
  filter,
  onChange,
  open,
}: Pick<FilterBarProps, 'filter' | 'onChange'> & { open: boolean }) => {
  const { facets } = useServices();
  const bind = (field: TextField) => ({
    value: filter[field],
    onChange: (value: string) => onChange({ [field]: value }),
  });
  const wrong = (field: TextField) => filter[field] !== '' && parseDuration(filter[field]) === undefined;
  return (
    <div className={open ? 'filters-more open' : 'filters-more'}>
      <label className="field">
        <span className="field-label">Service</span>
        <select value={filter.service} onChange={(event) => onChange({ service: event.currentTarget.value })}>
          <option value="">Any</option>
          {withCurrent(
            facets.services.map(({ value }) => value),
            filter.service,
          ).map((service) => (
            <option key={service}>{service}</option>
          ))}
        </select>
      </label>
      <FilterField label="Route" placeholder="/products/:id" options={facets.routes} {...bind('route')} />
      <FilterField label="Name" placeholder="GET /api/orders" options={facets.names} {...bind('name')} />
      <FilterField label="Session" placeholder="id" {...bind('session')} />
      <FilterField
        label="Longer than"
        placeholder="250ms"
        invalid={wrong('minDuration')}
        {...bind('minDuration')}
      />
      <FilterField
        label="Shorter than"
        placeholder="2s"
        invalid={wrong('maxDuration')}
        {...bind('maxDuration')}
      />
    </div>
  );
};

/** A service of an old link that is not there any more must not vanish from the field. */
const withCurrent = (values: readonly string[], current: string): string[] =>
  current && !values.includes(current) ? [current, ...values] : [...values];
