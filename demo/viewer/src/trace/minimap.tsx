import { memo, type PointerEvent, useMemo, useRef } from 'react';
import { useServices } from '../data/services.js';
import { isError, visibleNodes } from '../model/span-tree.js';
import { lengthOf, pan, positionOf, type TimeWindow, timeAt, windowBetween } from '../model/time-scale.js';
import type { TraceModel } from './use-trace-model.js';
import type { TraceView } from './use-trace-view.js';

const EDGE_PX = 8;
const CLICK_SHARE = 0.004;

type Grip = 'start' | 'end' | 'move' | 'draw';

interface Drag {
  grip: Grip;
  from: number;
  window: TimeWindow;
}

/** The whole trace in small. Drag to look closer, drag the window to move it, its edges to widen it. */
export const Minimap = ({ view }: { view: TraceView }) => {
  const limits = view.model.bounds.all;
  const start = positionOf(view.window.start, limits);
  const end = positionOf(view.window.end, limits);
  const handlers = useMinimapDrag(view, start, end);
  return (
    <div
      className={view.zoomed ? 'minimap zoomed' : 'minimap'}
      role="img"
      aria-label="The whole trace in small; zoom with w and s, pan with a and d"
      title="Drag to zoom, double-click for the whole trace"
      {...handlers}
      onDoubleClick={() => view.setWindow(limits)}
    >
      <Silhouette model={view.model} />
      <span className="minimap-shade" style={{ left: 0, width: percent(start) }} />
      <span className="minimap-shade" style={{ left: percent(end), right: 0 }} />
      {view.zoomed && (
        <span className="minimap-window" style={{ left: percent(start), width: percent(end - start) }} />
      )}
    </div>
  );
};

const useMinimapDrag = (view: TraceView, start: number, end: number) => {
  const drag = useRef<Drag>(undefined);
  const limits = view.model.bounds.all;
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>): void => {
      event.currentTarget.setPointerCapture(event.pointerId);
      const from = shareOf(event);
      const grip = gripAt(from, start, end, event.currentTarget.clientWidth);
      drag.current = { grip, from, window: view.window };
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>): void => {
      const next = drag.current && windowAfter(drag.current, shareOf(event), limits);
      if (next) view.setWindow(next);
    },
    onPointerUp: (): void => {
      drag.current = undefined;
    },
  };
};

const Silhouette = memo(({ model }: { model: TraceModel }) => {
  const { colourOf } = useServices();
  const nodes = useMemo(() => visibleNodes(model.tree, new Set()), [model.tree]);
  const limits = model.bounds.all;
  const rowHeight = 100 / Math.max(nodes.length, 12);
  return (
    <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      {nodes.map(({ span }, index) => (
        <rect
          key={span.spanId}
          x={positionOf(span.startTime, limits) * 1000}
          width={Math.max(1.5, (span.durationMs / lengthOf(limits)) * 1000)}
          y={index * rowHeight}
          height={Math.max(rowHeight * 0.8, 0.6)}
          fill={isError(span) ? 'var(--error)' : colourOf(span.service)}
        />
      ))}
    </svg>
  );
});

const shareOf = (event: PointerEvent<HTMLElement>): number => {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.min(Math.max((event.clientX - left) / width, 0), 1);
};

const gripAt = (share: number, start: number, end: number, width: number): Grip => {
  const edge = EDGE_PX / width;
  const whole = start <= 0 && end >= 1;
  if (whole) return 'draw';
  if (Math.abs(share - start) < edge) return 'start';
  if (Math.abs(share - end) < edge) return 'end';
  return share > start && share < end ? 'move' : 'draw';
};

const windowAfter = (
  { grip, from, window }: Drag,
  share: number,
  limits: TimeWindow,
): TimeWindow | undefined => {
  const time = timeAt(share, limits);
  if (grip === 'start') return windowBetween(time, window.end, limits);
  if (grip === 'end') return windowBetween(window.start, time, limits);
  if (grip === 'move') return pan(window, ((share - from) * lengthOf(limits)) / lengthOf(window), limits);
  return Math.abs(share - from) < CLICK_SHARE ? undefined : windowBetween(timeAt(from, limits), time, limits);
};

const percent = (share: number): string => `${share * 100}%`;
