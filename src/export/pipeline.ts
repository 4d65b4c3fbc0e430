import type { Processor, SpanRecord } from '../types.js';

/** Sends each ended span through `processors`, then to `sink`. A faulty processor drops nothing. */
export const createPipeline =
  (
    processors: readonly Processor[],
    sink: (span: SpanRecord) => void,
    onDrop: () => void,
    onFault: (error: unknown) => void,
  ) =>
  (span: SpanRecord): void => {
    let current: SpanRecord | undefined = span;
    for (const process of processors) {
      try {
        current = process(current);
      } catch (error) {
        onFault(error);
      }
      if (!current) break;
    }
    if (current) sink(current);
    else onDrop();
  };
