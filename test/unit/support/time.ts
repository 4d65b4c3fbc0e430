import type { Clock, Stop } from '../../../src/types.js';

/** 2026-11-20T10:00:00Z. */
export const START = Date.UTC(2026, 10, 20, 10);

/** Time that passes only when the test says so: a clock and the timers on it. */
export interface Time extends Clock {
  /** As the agent's `after`. */
  after(ms: number, fn: () => void): Stop;
  /** Milliseconds since the beginning, whatever the wall clock does. */
  elapsed(): number;
  /** Lets time pass: runs what is due, in order. */
  advance(ms: number): void;
  /** The same; what each timer has begun goes on before the next one runs. */
  pass(ms: number): Promise<void>;
  /** Sets the wall clock back, or forward, while the timers go on as before. */
  jump(ms: number): void;
  /** The waits that were asked for, in milliseconds. */
  readonly waits: number[];
  /** How many timers are running. */
  running(): number;
}

export const createTime = (): Time => {
  let anchor = START;
  let elapsed = 0;
  const timers = new Set<{ at: number; fn: () => void }>();
  const waits: number[] = [];

  const nextBefore = (end: number) =>
    [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];

  const runNext = (end: number): boolean => {
    const timer = nextBefore(end);
    elapsed = timer ? Math.max(elapsed, timer.at) : end;
    if (timer) timers.delete(timer);
    timer?.fn();
    return !!timer;
  };

  return {
    anchor: () => anchor,
    now: (from = anchor) => from + elapsed,
    at: (performanceTime) => anchor + performanceTime,
    elapsed: () => elapsed,
    after: (ms, fn) => {
      waits.push(ms);
      const timer = { at: elapsed + ms, fn };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      const end = elapsed + ms;
      while (runNext(end));
    },
    pass: async (ms) => {
      const end = elapsed + ms;
      do await settle();
      while (runNext(end));
      await settle();
    },
    jump: (ms) => {
      anchor += ms;
    },
    waits,
    running: () => timers.size,
  };
};

/** Resolves when all promises that could settle have done so. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
