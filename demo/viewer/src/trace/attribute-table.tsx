import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { formatValue, plural } from '../model/format.js';
import type { Attributes } from '../model/types.js';
import { CopyButton } from '../ui/copy-button.js';
import { Icon } from '../ui/icon.js';

/** Fewer than this can be read at a glance. */
const FILTER_FROM = 9;

/** What the list can be limited to, by attribute. A map, as an attribute may have a name of `Object.prototype`. */
const FILTERS = new Map<string, (value: string) => string>([
  ['session.id', (value) => `/sessions/${encodeURIComponent(value)}`],
  ['url.template', (value) => `/traces?${new URLSearchParams({ route: value })}`],
  ['http.route', (value) => `/traces?${new URLSearchParams({ q: value })}`],
  ['service.name', (value) => `/traces?${new URLSearchParams({ service: value })}`],
  ['error.type', (value) => `/traces?${new URLSearchParams({ q: value, error: '1' })}`],
]);

export const AttributeTable = ({ attributes, dropped }: { attributes: Attributes; dropped: number }) => {
  const [filter, setFilter] = useState('');
  const all = Object.entries(attributes).map(([key, value]) => [key, formatValue(value)] as const);
  all.sort(([a], [b]) => a.localeCompare(b));
  const needle = filter.trim().toLowerCase();
  const shown = all.filter(([key, value]) => `${key}=${value}`.toLowerCase().includes(needle));
  return (
    <div className="attributes">
      {all.length >= FILTER_FROM && (
        <input
          type="search"
          className="attribute-filter"
          placeholder="Filter"
          aria-label="Filter attributes"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      )}
      <dl>
        {shown.map(([key, value]) => (
          <Attribute key={key} name={key} value={value} />
        ))}
      </dl>
      {needle && shown.length === 0 && <p className="note">No attribute contains “{filter}”.</p>}
      {dropped > 0 && <p className="note">{plural(dropped, 'attribute')} dropped by the sender’s limit</p>}
    </div>
  );
};

const Attribute = ({ name, value }: { name: string; value: string }) => {
  const target = FILTERS.get(name)?.(value);
  return (
    <div className="attribute">
      <dt>{withBreaks(name)}</dt>
      <dd>
        <span className="attribute-value">{value}</span>
        <span className="attribute-tools">
          {target && (
            <Link to={target} className="icon-button small" title="Show what has the same value">
              <Icon name="filter" size={14} />
              <span className="visually-hidden">Show what has the same {name}</span>
            </Link>
          )}
          <CopyButton text={value} label={`Copy ${name}`} />
        </span>
      </dd>
    </div>
  );
};

/** A long name is broken where it has a dot or an underscore. */
const withBreaks = (name: string) =>
  name.split(/(?<=[._])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name, which does not change.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
