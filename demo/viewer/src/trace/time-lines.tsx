import type { RefObject } from 'react';
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

/** The lines behind the bars: ticks, web vitals, and what is being drawn over with the mouse. */
export const TimeLines = ({ view, ticks, selection, area }: TimeLinesProps) => (
  <div className="time-lines" aria-hidden="true">
    <div className="time-lines-area" ref={area}>
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

const boxOf = ({ from, to }: Selection) => ({
  left: `${Math.min(from, to) * 100}%`,
  width: `${Math.abs(to - from) * 100}%`,
});
