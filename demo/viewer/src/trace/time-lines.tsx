import type { RefObject } from 'react';
import type { LongFrame } from '../model/long-frames.js';
import { positionOf } from '../model/time-scale.js';
import { at, visibleVitals } from './time-axis.js';
import type { Selection } from './use-time-drag.js';
import type { TraceView } from './use-trace-view.js';

interface TimeLinesProps {
  view: TraceView;
  ticks: readonly number[];
  selection: Selection | undefined;
  /** Measured for the ticks. */
  area: RefObject<HTMLDivElement | null>;
}

/** Behind the bars: long frames as bands, ticks, web vitals, and what is being drawn over with the mouse. */
export const TimeLines = ({ view, ticks, selection, area }: TimeLinesProps) => (
  <div className="time-lines" aria-hidden="true">
    <div className="time-lines-area" ref={area}>
      {view.model.longFrames.map((frame) => (
        <span key={frame.spanId} className="frame-band" style={bandOf(frame, view)} />
      ))}
      {ticks.map((offset) => (
        <span key={offset} className="tick-line" style={at(view.model.origin + offset, view)} />
      ))}
      {visibleVitals(view).map(({ name, rating, time }) => (
        <span key={name} className={`vital-line ${rating}`} style={at(time, view)} />
      ))}
      {selection && <span className="drawn" style={boxOf(selection)} />}
    </div>
  </div>
);

const bandOf = ({ startTime, endTime }: LongFrame, { window }: TraceView) => {
  const left = positionOf(startTime, window);
  return { left: `${left * 100}%`, width: `${(positionOf(endTime, window) - left) * 100}%` };
};

const boxOf = ({ from, to }: Selection) => ({
  left: `${Math.min(from, to) * 100}%`,
  width: `${Math.abs(to - from) * 100}%`,
});
