import { formatDuration } from '../model/format.js';
import { assignLanes } from '../model/lanes.js';
import type { LongFrame } from '../model/long-frames.js';
import { positionOf } from '../model/time-scale.js';
import { formatVital, RATING_TEXT, VITALS, type VitalMark } from '../model/vitals.js';
import type { TraceView } from './use-trace-view.js';

/** Room for the longest label, so that flags are put into lanes before they are drawn. */
const LABEL_PX = 98;
const LANE_PX = 20;
const LANES = 5;

interface TimeAxisProps {
  view: TraceView;
  ticks: readonly number[];
  /** Of the timeline, in pixels. */
  width: number;
  narrow: boolean;
}

/** Ticks told from the root's start with the long frames between them, and above the web vitals at their times. */
export const TimeAxis = ({ view, ticks, width, narrow }: TimeAxisProps) => (
  <div className="axis">
    {!narrow && <div className="axis-title">Span</div>}
    <div className="axis-time">
      <VitalFlags view={view} width={width} />
      <div className="axis-ticks">
        {view.model.longFrames.map((frame) => (
          <FrameMark key={frame.spanId} frame={frame} view={view} />
        ))}
        {ticks.map((offset) => (
          <Tick key={offset} offset={offset} view={view} />
        ))}
      </div>
    </div>
  </div>
);

const Tick = ({ offset, view }: { offset: number; view: TraceView }) => {
  const time = view.model.origin + offset;
  const position = positionOf(time, view.window);
  const place = position > 0.95 ? 'tick last' : position < 0.03 ? 'tick first' : 'tick';
  return (
    <span className={place} style={at(time, view)}>
      {formatDuration(offset)}
    </span>
  );
};

/** A time in which the page did not answer, on the axis itself; its scripts are in its details. */
const FrameMark = ({ frame, view }: { frame: LongFrame; view: TraceView }) => {
  const left = positionOf(frame.startTime, view.window);
  const right = positionOf(frame.endTime, view.window);
  if (right < 0 || left > 1) return null;
  const text = `Long frame: input was blocked for ${formatDuration(frame.blockingMs)}`;
  return (
    <button
      type="button"
      className="frame-mark"
      style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
      title={text}
      onClick={() => view.open(frame.spanId)}
    >
      <span className="visually-hidden">{text}</span>
    </button>
  );
};

const VitalFlags = ({ view, width }: { view: TraceView; width: number }) => {
  const marks = visibleVitals(view);
  const places = marks.map((mark) => placeOf(mark, view, width)).sort((a, b) => a.left - b.left);
  const lefts = places.map(({ left }) => left);
  const lanes = assignLanes(lefts, LABEL_PX, LANES);
  const height = places.length > 0 ? (Math.max(...lanes) + 1) * LANE_PX : 0;
  return (
    <ul className="axis-vitals" style={{ height }} aria-label="Web vitals">
      {places.map(({ mark, left, before }, index) => (
        <li
          key={mark.name}
          className={`vital-flag ${mark.rating}${before ? ' before' : ''}`}
          style={{ left, top: (lanes[index] ?? 0) * LANE_PX, width: LABEL_PX }}
          title={`${VITALS[mark.name].title}: ${RATING_TEXT[mark.rating]}`}
        >
          <button type="button" onClick={() => view.open(mark.spanId)}>
            {mark.name.toUpperCase()} {formatVital(mark.name, mark.value)}
          </button>
        </li>
      ))}
    </ul>
  );
};

export const visibleVitals = ({ model, window }: TraceView): VitalMark[] =>
  model.vitals.filter(({ time }) => time >= window.start && time <= window.end);

export const at = (time: number, { window }: TraceView) => ({ left: `${positionOf(time, window) * 100}%` });

/** A flag hangs to the right of its line, and to the left of it where the axis ends. */
const placeOf = (mark: VitalMark, { window }: TraceView, width: number) => {
  const x = positionOf(mark.time, window) * width;
  const before = x + LABEL_PX > width;
  return { mark, left: before ? Math.max(0, x - LABEL_PX) : x, before };
};
