import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react';
import { plural } from '../model/format.js';
import { ticksOf } from '../model/time-scale.js';
import { Minimap } from './minimap.js';
import { NameDivider } from './name-divider.js';
import { SpanRow } from './span-row.js';
import { TimeAxis } from './time-axis.js';
import { TimeLines } from './time-lines.js';
import { useNarrow } from './use-narrow.js';
import { useTimeDrag } from './use-time-drag.js';
import { useTimeWheel } from './use-time-wheel.js';
import type { TraceView } from './use-trace-view.js';
import { useWidth } from './use-width.js';

/** Room for a tick and its label. */
const TICK_PX = 110;
const ROW_PX = 28;
/** On a phone the bar has a line of its own below the name. */
const NARROW_ROW_PX = 48;

export const Waterfall = ({ view }: { view: TraceView }) => {
  const scroller = useRef<HTMLDivElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const ticks = ticksOf(view.window, view.model.origin, Math.max(2, Math.floor(width / TICK_PX)));
  const narrow = useNarrow();
  const [nameShare, setNameShare] = useState(0.32);
  const style = { '--name-width': narrow ? '0%' : `${nameShare * 100}%` } as CSSProperties;
  const drag = useTimeDrag(view);
  useTimeWheel(scroller, view);
  return (
    <section className={narrow ? 'waterfall narrow' : 'waterfall'} style={style} aria-label="Waterfall">
      <Minimap view={view} />
      <TimeAxis view={view} ticks={ticks} width={width} narrow={narrow} />
      <div className="waterfall-body" {...drag.handlers}>
        <TimeLines view={view} ticks={ticks} selection={drag.selection} area={area} />
        <Rows view={view} scroller={scroller} rowPx={narrow ? NARROW_ROW_PX : ROW_PX} />
        {!narrow && <NameDivider share={nameShare} onChange={setNameShare} />}
      </div>
    </section>
  );
};

interface RowsProps {
  view: TraceView;
  scroller: RefObject<HTMLDivElement | null>;
  rowPx: number;
}

const Rows = ({ view, scroller, rowPx }: RowsProps) => {
  const { rows, cursor } = view;
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 10,
    // A scroll need not wait for React: the rows around what is seen are there already.
    useFlushSync: false,
    scrollPaddingStart: rowPx,
    scrollPaddingEnd: rowPx * 2,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row's height has changed, so the sizes it keeps are wrong.
  useEffect(() => virtualizer.measure(), [rowPx]);
  // The arrow keys and screen readers begin in the grid, which is what the page is for.
  useEffect(() => scroller.current?.focus({ preventScroll: true }), [scroller]);
  const cursorIndex = rows.findIndex(({ span }) => span.spanId === cursor);
  useEffect(() => {
    if (cursorIndex >= 0) virtualizer.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursorIndex, virtualizer]);

  return (
    <div
      ref={scroller}
      className="waterfall-rows"
      role="treegrid"
      aria-label={`Spans: ${plural(rows.length, 'row')}`}
      aria-rowcount={rows.length}
      aria-activedescendant={cursor && `span-${cursor}`}
      tabIndex={0}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a table cannot hold rows that are placed one by one. */}
      <div className="waterfall-sizer" role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const node = rows[index];
          return (
            node && (
              <SpanRow
                key={node.span.spanId}
                node={node}
                view={view}
                index={index}
                top={start}
                height={size}
              />
            )
          );
        })}
      </div>
    </div>
  );
};
