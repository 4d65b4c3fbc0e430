import type { Guard, Processor, SpanRecord } from '../types.js';

/** Sends each ended span through `processors`, then to `sink`. A faulty processor drops nothing. */
export const createPipeline =
  (
    processors: readonly Processor[],
    { attempt }: Guard,
    sink: (span: SpanRecord) => void,
    onDrop: () => void,
  ) =>
  (span: SpanRecord): void => {
    let current: SpanRecord | undefined = span;
    for (const process of processors) {
      const given: SpanRecord | undefined = current;
      if (given) current = attempt<SpanRecord | undefined>(() => process(given), given);
    }
    if (current) sink(current);
    else onDrop();
  };
