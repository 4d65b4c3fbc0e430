import type { RefObject } from 'react';
import { plural } from '../model/format.js';
import { lengthOf, zoom } from '../model/time-scale.js';
import { ServiceDot } from '../ui/chips.js';
import { Icon, type IconName } from '../ui/icon.js';
import { SearchInput } from '../ui/search-input.js';
import type { TraceView } from './use-trace-view.js';
import { jump } from './use-waterfall-keys.js';

export const Toolbar = ({ view, find }: { view: TraceView; find: RefObject<HTMLInputElement | null> }) => (
  <div className="trace-tools" role="toolbar" aria-label="Waterfall">
    <FindField view={view} input={find} />
    <label className="toggle">
      <input
        type="checkbox"
        checked={view.showCritical}
        onChange={(event) => view.setParameter('critical', event.currentTarget.checked ? '' : '0')}
      />
      Critical path
    </label>
    <CollapseButton view={view} />
    <Legend view={view} />
    <Warnings view={view} />
    <ZoomButtons view={view} />
  </div>
);

const FindField = ({ view, input }: { view: TraceView; input: RefObject<HTMLInputElement | null> }) => (
  <SearchInput
    className="find"
    label="Find in this trace"
    value={view.find}
    onChange={(text) => view.setParameter('find', text)}
    input={input}
    onEnter={({ shiftKey }) =>
      jump(view, shiftKey ? -1 : 1, ({ span }) => Boolean(view.matches?.has(span.spanId)))
    }
  >
    {view.matches && (
      <span className="find-count" role="status">
        {plural(view.matches.size, 'match', 'matches')}
      </span>
    )}
  </SearchInput>
);

const CollapseButton = ({ view }: { view: TraceView }) => {
  const { tree } = view.model;
  const anyCollapsed = view.collapsed.size > 0;
  const collapseAll = () => {
    const parents = [...tree.byId.values()].filter(({ depth, children }) => depth > 0 && children.length > 0);
    view.setCollapsed(new Set(parents.map(({ span }) => span.spanId)));
  };
  return (
    <button
      type="button"
      className="button"
      onClick={() => (anyCollapsed ? view.setCollapsed(new Set()) : collapseAll())}
    >
      {anyCollapsed ? 'Expand all' : 'Collapse all'}
    </button>
  );
};

const Legend = ({ view }: { view: TraceView }) => {
  const counts = new Map<string, number>();
  for (const { service } of view.model.trace.spans) counts.set(service, (counts.get(service) ?? 0) + 1);
  return (
    <ul className="legend" aria-label="Services">
      {[...counts].map(([service, count]) => (
        <li key={service}>
          <ServiceDot service={service} />
          {service} <span className="faint">{count}</span>
        </li>
      ))}
    </ul>
  );
};

const Warnings = ({ view }: { view: TraceView }) => {
  const { tree, bounds } = view.model;
  const early = [...tree.byId.values()].filter((node) => node.early).length;
  return (
    <>
      {tree.orphans > 0 && (
        <span
          className="flag"
          title="They name a parent span that has not arrived. They are shown at the end."
        >
          {plural(tree.orphans, 'span')} without parent
        </span>
      )}
      {early > 0 && (
        <span
          className="flag"
          title="These spans start before their parent does. Times are shown as they were reported."
        >
          clocks differ: {plural(early, 'span')}
        </span>
      )}
      {bounds.outside > 0 && view.zoomed && (
        <button type="button" className="link-button" onClick={() => view.setWindow(bounds.all)}>
          {plural(bounds.outside, 'span')} outside of this view: show all
        </button>
      )}
    </>
  );
};

const ZoomButtons = ({ view }: { view: TraceView }) => {
  const limits = view.model.bounds.all;
  const zoomBy = (factor: number) => () => view.setWindow(zoom(view.window, factor, 0.5, limits));
  const zoomed = lengthOf(view.window) < lengthOf(limits);
  return (
    <div className="button-group zoom">
      <ToolButton icon="minus" label="Zoom out (s)" onClick={zoomBy(2)} disabled={!zoomed} />
      <ToolButton icon="plus" label="Zoom in (w)" onClick={zoomBy(0.5)} />
      <ToolButton
        icon="fit"
        label="Show the whole trace (0)"
        onClick={() => view.setWindow(limits)}
        disabled={!zoomed}
      />
    </div>
  );
};

interface ToolButtonProps {
  icon: IconName;
  label: string;
  onClick: () => void;
  disabled?: boolean;
}

const ToolButton = ({ icon, label, onClick, disabled }: ToolButtonProps) => (
  <button type="button" className="icon-button" title={label} onClick={onClick} disabled={disabled}>
    <Icon name={icon} size={14} />
    <span className="visually-hidden">{label}</span>
  </button>
);
