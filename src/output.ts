import { resourceAttributes } from './config.js';
import { createBuffer } from './export/buffer.js';
import { createEnvelope } from './export/otlp.js';
import { createPipeline } from './export/pipeline.js';
import { createTransport } from './export/transport.js';
import type { Native } from './platform/native.js';
import type { Clock, Consent, CoreConfig, Guard, Page, SpanRecord } from './types.js';

declare const __VERSION__: string;

/** Everything behind an ended span: processors, queue, encoder, network, and the counts. */
export const createOutput = (
  config: CoreConfig,
  url: string,
  native: Native,
  clock: Clock,
  guard: Guard,
  page: Page,
  consent: () => Consent,
) => {
  const transport = createTransport(url, config.headers, native, guard, () => page.turns, consent);
  const buffer = createBuffer(
    transport,
    createEnvelope(resourceAttributes(config, __VERSION__), __VERSION__),
    config.flushInterval ?? 5000,
    () => clock.now(0),
    native.after,
  );
  const process = createPipeline(config.processors, guard, buffer);
  let recorded = 0;
  return {
    transport,
    // Log records are put beside the spans here.
    buffer,
    add: (record: SpanRecord) => {
      recorded++;
      process(record);
    },
    /** Counts a span that was refused. */
    drop: (reason: string): false => {
      recorded++;
      buffer.drop(reason);
      return false;
    },
    flush: (isLeaving?: boolean) => buffer.flush(isLeaving),
    counts: () => ({ recorded, ...buffer.counts() }),
    stop: () => buffer.stop(),
  };
};
