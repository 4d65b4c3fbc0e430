const FIRST_MS = 1000;
/** A collector that is dead, or blocked, is asked a dozen times an hour. */
const LAST_MS = 300_000;
/** The longest that a collector can ask us to wait; timers do not count far beyond. */
const LONGEST_MS = 3_600_000;

export type BackOff = ReturnType<typeof createBackOff>;

/** When the collector is asked again, on a clock that never goes back, in ms. */
export const createBackOff = (now: () => number) => {
  let failures = 0;
  let retryAt = 0;
  /** Until when the collector wants to be left alone. */
  let askedAt = 0;
  return {
    /** Nothing is sent before. */
    until: () => retryAt,
    isOver: () => now() >= retryAt,
    /** Longer after each failure, exponentially and with jitter (OTLP/HTTP), or as long as the collector asks. */
    fail: (askedMs = 0): void => {
      const wait = Math.min(FIRST_MS * 2 ** failures++, LAST_MS) * (0.5 + Math.random());
      askedAt = now() + Math.min(askedMs, LONGEST_MS);
      retryAt = Math.max(askedAt, now() + wait);
    },
    succeed: (): void => {
      failures = 0;
    },
    /** The network is back: no waiting longer, unless the collector has asked for it. */
    hasten: (): void => {
      retryAt = askedAt;
    },
  };
};
