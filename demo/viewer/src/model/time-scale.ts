/** A window on the trace's time, in epoch milliseconds. */
export interface TimeWindow {
  start: number;
  end: number;
}

const STEPS = [1, 2, 5, 10];
/** Shorter than this nothing can be told apart: clocks have microseconds at best. */
const SHORTEST_MS = 0.01;

export const lengthOf = ({ start, end }: TimeWindow): number => end - start;

/** Position of a time in the window, 0 at its start and 1 at its end. */
export const positionOf = (time: number, window: TimeWindow): number =>
  (time - window.start) / Math.max(lengthOf(window), SHORTEST_MS);

export const timeAt = (position: number, window: TimeWindow): number =>
  window.start + position * lengthOf(window);

/** Round offsets from `origin` within the window, about `count` of them. */
export const ticksOf = (window: TimeWindow, origin: number, count: number): number[] => {
  const step = niceStep(lengthOf(window) / Math.max(1, count));
  const ticks: number[] = [];
  for (let index = Math.ceil((window.start - origin) / step - 1e-9); ; index++) {
    // Plus zero, as -0 is not the 0 of a label.
    const offset = index * step + 0;
    if (origin + offset > window.end + step * 1e-9) return ticks;
    ticks.push(offset);
  }
};

/** Scales the window by `factor` around the time at `position`, kept within `limits`. */
export const zoom = (
  window: TimeWindow,
  factor: number,
  position: number,
  limits: TimeWindow,
): TimeWindow => {
  const length = Math.min(Math.max(lengthOf(window) * factor, SHORTEST_MS), lengthOf(limits));
  const start = timeAt(position, window) - position * length;
  return clampWindow({ start, end: start + length }, limits);
};

/** Moves the window by a share of its own length, kept within `limits`. */
export const pan = (window: TimeWindow, share: number, limits: TimeWindow): TimeWindow => {
  const shift = lengthOf(window) * share;
  return clampWindow({ start: window.start + shift, end: window.end + shift }, limits);
};

/** The window of the same length that lies within `limits`, or `limits` where it is too long. */
export const clampWindow = (window: TimeWindow, limits: TimeWindow): TimeWindow => {
  const length = Math.min(lengthOf(window), lengthOf(limits));
  const start = Math.min(Math.max(window.start, limits.start), limits.end - length);
  return { start, end: start + length };
};

/** The window between two times in either order, never empty. */
export const windowBetween = (a: number, b: number, limits: TimeWindow): TimeWindow => {
  const start = Math.max(Math.min(a, b), limits.start);
  const end = Math.min(Math.max(a, b), limits.end);
  return clampWindow({ start, end: Math.max(end, start + SHORTEST_MS) }, limits);
};

const niceStep = (raw: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(raw, SHORTEST_MS / 10)));
  const step = STEPS.find((candidate) => candidate * power >= raw * 0.999) ?? 10;
  return step * power;
};
