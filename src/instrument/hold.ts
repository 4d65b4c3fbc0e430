import type { EndReason, EpochMs, InstrumentationContext, Stop } from '../types.js';

/** A span is quiet when nothing has held it for this long, in milliseconds. */
const QUIET_MS = 100;
/** The longest that a span is held: a long poll would keep it open for ever. */
const CAP_MS = 30_000;

/** What keeps a span open. */
export interface Holder {
  /** Keeps it open until the returned function is called. */
  hold(): Stop;
  /** Forgets everything. */
  stop: Stop;
}

/**
 * Calls `onEnd` once when nothing holds any more, with the time since when, which is `quietSince` where nothing ever did;
 * or when it has lasted too long.
 */
export const createHolder = (
  { after, clock }: Pick<InstrumentationContext, 'after' | 'clock'>,
  onEnd: (reason: EndReason, time?: EpochMs) => void,
  quietSince?: EpochMs,
): Holder => {
  // That of its span: the machine may sleep in between.
  const anchor = clock.anchor();
  let holds = 0;
  let stopQuiet: Stop;
  const waitForQuiet = (time = clock.now(anchor)): void => {
    stopQuiet = after(QUIET_MS, () => onEnd('quiet', time));
  };
  const stopCap = after(CAP_MS, () => onEnd('timeout'));
  waitForQuiet(quietSince);
  return {
    hold: () => {
      let isHeld = true;
      holds++;
      stopQuiet();
      return () => {
        if (isHeld && !--holds) waitForQuiet();
        isHeld = false;
      };
    },
    stop: () => {
      // What is still held counts no more: it never comes down to none.
      holds = Infinity;
      stopQuiet();
      stopCap();
    },
  };
};
