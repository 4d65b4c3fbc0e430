import { type RefObject, useEffect, useRef } from 'react';
import { lengthOf, pan, type TimeWindow, zoom } from '../model/time-scale.js';
import type { TraceView } from './use-trace-view.js';

const ZOOM_PER_PX = 1.0025;

/** Ctrl or ⌘ with the wheel (a pinch, on a touchpad) zooms at the pointer; a sideways wheel pans. */
export const useTimeWheel = (scroller: RefObject<HTMLElement | null>, view: TraceView): void => {
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      const next = windowAfter(event, latest.current);
      if (!next) return;
      event.preventDefault();
      if (lengthOf(next) > 0) latest.current.setWindow(next);
    };
    // React's own wheel listeners are passive and cannot keep the page from zooming.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller]);
};

const windowAfter = (event: WheelEvent, { window, model }: TraceView): TimeWindow | undefined => {
  const limits = model.bounds.all;
  const box = (event.target as Element)
    .closest('.waterfall-rows')
    ?.querySelector('.span-time')
    ?.getBoundingClientRect();
  if (!box) return undefined;
  if (event.ctrlKey || event.metaKey) {
    const position = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    return zoom(window, ZOOM_PER_PX ** event.deltaY, position, limits);
  }
  if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return undefined;
  return pan(window, event.deltaX / box.width, limits);
};
