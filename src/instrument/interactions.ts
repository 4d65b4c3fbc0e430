import { listen, listenHidden } from '../platform/lifecycle.js';
import { afterPaint } from '../platform/native.js';
import { observe } from '../platform/observe.js';
import type { EpochMs, Instrumentation, InstrumentationContext, Span, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { createRageWatch, watchEffect } from './clicks.js';
import { describeElement } from './describe-element.js';
import { createHolder } from './hold.js';

/** The limit of a good INP, in milliseconds. */
const SLOW_MS = 200;

interface Interaction {
  readonly span: Span;
  /** When the event happened, on the performance timeline. */
  readonly timeStamp: number;
  /** Why the span is sent, as attributes; without any it is forgotten. */
  readonly reasons: Set<string>;
  readonly stops: Stop[];
  hold(): Stop;
  end(): void;
}

/**
 * A span for each click, submit and Enter key that caused something, was slow, met with an error, was repeated in rage
 * or had no effect. It is active in the page's listeners, and so the parent of what they cause.
 */
export const traceInteractions = (): Instrumentation => ({
  name: 'interactions',
  start: (context) => {
    const { tracer, after, guard } = context;
    const open = new Set<Interaction>();
    const isRage = createRageWatch();
    const endAll = () => {
      for (const { end } of open) end();
    };
    /** Enter in a field makes a click on its form's button, and that a submit, all in one task. */
    let present: Interaction | undefined;

    const onEvent = guard((event: Event) => {
      const [target] = event.composedPath();
      const isDown = /n$/.test(event.type); // pointerdown, keydown
      if (!event.isTrusted) return;
      // On a busy page the next click comes before any timer.
      if (isDown) present = undefined;
      const isMeant = !isDown || (event as KeyboardEvent).key === 'Enter'; // a pointer has none
      if (!isMeant || !(target instanceof Element)) return;
      present ??= begin(context, event, target, open);
      const { span, reasons, stops, hold } = present;
      after(0, () => {
        present = undefined;
      });
      if (event.type === 'click' && span.isRecording()) {
        if (isRage(target, event.timeStamp)) reasons.add('rootspan.interaction.rage');
        const release = hold();
        const stop = watchEffect(context, event, target, (isDead) => {
          if (isDead && !reasons.has('rootspan.interaction.caused')) reasons.add('rootspan.interaction.dead');
          release();
        });
        stops.push(stop);
      }
      tracer.resume?.(span, event);
    });

    const onSlow = guard((entries: PerformanceEventTiming[]) => {
      for (const entry of entries) for (const interaction of open) addTiming(interaction, entry);
    });

    return stopAll([
      endAll,
      listen(window, 'click submit pointerdown keydown', onEvent, { capture: true, passive: true }),
      listenHidden(endAll),
      // not yet in TypeScript's library
      observe('event', onSlow, { durationThreshold: SLOW_MS } as PerformanceObserverInit),
    ]);
  },
});

const begin = (
  context: InstrumentationContext,
  { type, timeStamp }: Event,
  target: Element,
  open: Set<Interaction>,
): Interaction => {
  const { tracer, clock } = context;
  const kind = type === 'keydown' ? 'key' : type;
  const { tag, label } = describeElement(target);
  const anchor = clock.anchor();
  const startTime = anchor + timeStamp;
  const reasons = new Set<string>();
  let endTime = startTime;
  const end = (): void => {
    stopAll(stops)();
    open.delete(interaction);
    if (!reasons.size) return;
    for (const reason of reasons) span.setAttribute(reason, true);
    span.end(endTime);
  };
  const holder = createHolder(context, end);
  /** A hold, until which the span lasts at least. */
  const hold = () => {
    const release = holder.hold();
    return (time: EpochMs): void => {
      endTime = Math.max(endTime, time);
      release();
    };
  };
  const span = tracer.startSpan(`${kind} ${label}`, {
    scope: 'interactions',
    startTime,
    attributes: { 'rootspan.interaction.type': kind, 'rootspan.interaction.target': tag },
    onCause: () => {
      reasons.add('rootspan.interaction.caused');
      return hold();
    },
  });
  const release = hold();
  afterPaint(context, () => {
    const time = clock.now(anchor);
    // Event Timing tells of it when the frame can be seen.
    afterPaint(context, () => release(time));
  });
  const stops = [holder.stop];
  const interaction = { span, timeStamp, reasons, stops, hold: holder.hold, end };
  open.add(interaction);
  return interaction;
};

const addTiming = (
  { span, timeStamp, reasons }: Interaction,
  { startTime, duration, processingStart, processingEnd }: PerformanceEventTiming,
): void => {
  // The browser rounds to 8 ms.
  if (timeStamp !== startTime || duration < SLOW_MS) return;
  reasons.add('rootspan.interaction.slow');
  span.setAttributes({
    'rootspan.interaction.duration_ms': duration,
    'rootspan.interaction.delay_ms': processingStart - startTime,
    'rootspan.interaction.processing_ms': processingEnd - processingStart,
  });
};
