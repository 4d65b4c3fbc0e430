import { memo } from 'react';
import { formatDuration } from '../model/format.js';
import { interactionMarks } from '../model/interaction.js';
import { spanNote } from '../model/span-note.js';
import { isError, type SpanNode } from '../model/span-tree.js';
import { InteractionBadges, ServiceDot } from '../ui/chips.js';
import { Icon } from '../ui/icon.js';
import { SpanBar } from './span-bar.js';
import type { TraceView } from './use-trace-view.js';
import { toggleNode } from './use-waterfall-keys.js';

const INDENT_PX = 14;

interface SpanRowProps {
  node: SpanNode;
  view: TraceView;
  index: number;
  top: number;
  height: number;
}

/** Memoised: while scrolling only the rows that come into sight are drawn. */
export const SpanRow = memo(({ node, view, index, top, height }: SpanRowProps) => {
  const { span, children } = node;
  const collapsed = view.collapsed.has(span.spanId);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by the virtual list, which a table cannot be.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the rows are those of the tree grid around them.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree grid, which names its active row.
    <div
      id={`span-${span.spanId}`}
      role="row"
      className={classOf(node, view)}
      aria-level={node.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={children.length > 0 ? !collapsed : undefined}
      aria-selected={view.cursor === span.spanId}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => view.open(span.spanId)}
    >
      <NameCell node={node} collapsed={collapsed} view={view} />
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <div role="gridcell" className="span-time">
        <SpanBar node={node} view={view} />
      </div>
    </div>
  );
});

const NameCell = ({ node, collapsed, view }: { node: SpanNode; collapsed: boolean; view: TraceView }) => {
  const { span } = node;
  const hiddenErrors = collapsed ? node.errorsBelow : 0;
  const note = spanNote(span);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of the rows above.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree grid.
    <div
      role="gridcell"
      className="span-name"
      title={`${span.service}: ${[span.name, note].filter(Boolean).join(' ')}`}
    >
      <span className="indent" style={{ width: node.depth * INDENT_PX }} aria-hidden="true" />
      <Toggle node={node} collapsed={collapsed} view={view} />
      <ServiceDot service={span.service} />
      {isError(span) && (
        <span className="error-mark">
          <Icon name="error" size={13} />
          <span className="visually-hidden">error </span>
        </span>
      )}
      <span className="clip">{span.name}</span>
      {note && <span className="span-note">{note}</span>}
      <InteractionBadges marks={interactionMarks(span)} />
      <span className="span-service faint">{span.service}</span>
      {node.orphan && (
        <span className="flag" title="Its parent span has not arrived">
          no parent
        </span>
      )}
      {node.early && (
        <span className="flag" title="It starts before its parent: the clocks differ">
          clock skew
        </span>
      )}
      {hiddenErrors > 0 && <span className="error-badge">{hiddenErrors} below</span>}
      <span className="visually-hidden"> {formatDuration(span.durationMs)}</span>
    </div>
  );
};

const Toggle = ({ node, collapsed, view }: { node: SpanNode; collapsed: boolean; view: TraceView }) => {
  if (node.children.length === 0) return <span className="twist empty" aria-hidden="true" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={collapsed ? 'twist' : 'twist open'}
      aria-label={collapsed ? `Expand ${node.descendants} spans` : 'Collapse'}
      onClick={(event) => {
        event.stopPropagation();
        toggleNode(view, node);
      }}
    >
      <Icon name="chevron" size={12} />
      {collapsed && <span className="twist-count">{node.descendants}</span>}
    </button>
  );
};

const classOf = ({ span }: SpanNode, view: TraceView): string =>
  [
    'span-row',
    isError(span) && 'has-error',
    view.cursor === span.spanId && 'cursor',
    view.opened?.span === span && 'opened',
    view.matches && (view.matches.has(span.spanId) ? 'match' : 'no-match'),
  ]
    .filter(Boolean)
    .join(' ');
