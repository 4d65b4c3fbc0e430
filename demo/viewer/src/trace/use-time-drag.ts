import { type PointerEvent, useRef, useState } from 'react';
import { timeAt, windowBetween } from '../model/time-scale.js';
import type { TraceView } from './use-trace-view.js';

/** Shares of the timeline's width, in either order. */
export interface Selection {
  from: number;
  to: number;
}

/** Less than this is a click. */
const DRAG_PX = 5;

interface Drag {
  left: number;
  width: number;
  startX: number;
}

/** Dragging over the bars with a mouse zooms to what was drawn over; fingers scroll. */
export const useTimeDrag = (view: TraceView) => {
  const drag = useRef<Drag>(undefined);
  const [selection, setSelection] = useState<Selection>();

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return;
    const cell = (event.target as Element).closest('.span-time');
    if (!cell) return;
    const { left, width } = cell.getBoundingClientRect();
    drag.current = { left, width, startX: event.clientX };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const current = drag.current;
    if (!current || (!selection && Math.abs(event.clientX - current.startX) < DRAG_PX)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const share = (x: number) => Math.min(Math.max((x - current.left) / current.width, 0), 1);
    setSelection({ from: share(current.startX), to: share(event.clientX) });
  };
  const onPointerUp = (): void => {
    drag.current = undefined;
    if (!selection) return;
    setSelection(undefined);
    const { window, model } = view;
    view.setWindow(
      windowBetween(timeAt(selection.from, window), timeAt(selection.to, window), model.bounds.all),
    );
  };
  return { selection, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } };
};
