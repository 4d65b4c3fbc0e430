import { observe } from '../platform/observe.js';
import type { Instrumentation } from '../types.js';
import { describeScript, type ScriptTiming } from './describe-script.js';
import { createPageSpans } from './page-spans.js';

export interface LongFrameOptions {
  /** Shortest time that input was blocked, in milliseconds. Default 100. */
  threshold?: number;
}

/** `PerformanceLongAnimationFrameTiming`, or the entry of a long task, which has the times alone. */
interface LongFrame extends PerformanceEntry {
  readonly blockingDuration?: number;
  readonly scripts?: readonly ScriptTiming[];
}

/**
 * A span for each animation frame that blocked input for longer than `threshold`, in the trace of the page view, with
 * the scripts to blame as events. Where the browser does not tell of frames, for each long task.
 */
export const traceLongFrames = ({ threshold = 100 }: LongFrameOptions = {}): Instrumentation => ({
  name: 'long-frames',
  start: (context) => {
    const { clock, guard } = context;
    const startSpan = createPageSpans(context, 'long-frames');
    const onFrame = guard(({ startTime, duration, blockingDuration, scripts = [] }: LongFrame) => {
      // A task counts as long from 50 ms on.
      const blocked = blockingDuration ?? duration - 50;
      if (blocked < threshold) return;
      const span = startSpan('long_frame', clock.at(startTime), {
        'rootspan.long_frame.blocking_ms': blocked,
      });
      for (const script of scripts) {
        // The others are not to blame.
        if (script.duration < duration / 10) continue;
        span?.addEvent('script', describeScript(context, script), clock.at(script.startTime));
      }
      span?.end(clock.at(startTime + duration));
    });
    return observe<LongFrame>(
      'PerformanceLongAnimationFrameTiming' in window ? 'long-animation-frame' : 'longtask',
      // The page may have replaced what lists have.
      guard((frames: LongFrame[]) => frames.forEach(onFrame)),
    );
  },
});
