import type { Guard, Processor, SpanRecord } from '../types.js';

/** Where a span goes: on, or lost for a reason. */
interface Sink {
  add(span: SpanRecord): void;
  drop(reason: string): void;
}

/** Sends each ended span through `processors`, then to the sink. A faulty processor drops nothing. */
export const createPipeline =
  (processors: readonly Processor[] = [], guard: Guard, sink: Sink) =>
  (span: SpanRecord): void => {
    let current: SpanRecord | undefined = span;
    for (const process of processors) {
      guard(() => {
        if (current) current = process(current);
      })();
    }
    if (current) sink.add(current);
    else sink.drop('processor');
  };
