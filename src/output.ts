import { resourceAttributes, tracesUrl } from './config.js';
import { createBuffer } from './export/buffer.js';
import { createEnvelope } from './export/otlp.js';
import { createPipeline } from './export/pipeline.js';
import { createTransport } from './export/transport.js';
import type { Native } from './platform/native.js';
import type { Clock, Config, Guard, SpanRecord, Stats } from './types.js';
import { type Limited, noLimits } from './util/attributes.js';

declare const __VERSION__: string;

/** Everything behind an ended span: processors, queue, encoder, network, and the counts. */
export interface Output {
  readonly limited: Limited;
  add(span: SpanRecord): void;
  flush(isLeaving?: boolean): Promise<void>;
  stats(): Stats;
  stop(): void;
}

export const createOutput = (config: Config, native: Native, clock: Clock, guard: Guard): Output => {
  const limited = noLimits();
  let recorded = 0;
  let isStopped = false;
  const buffer = createBuffer({
    transport: createTransport(tracesUrl(config.endpoint), config.headers ?? {}, native),
    envelope: createEnvelope(resourceAttributes(config, __VERSION__), __VERSION__),
    flushInterval: config.flushInterval ?? 5000,
    now: clock.now,
    after: (ms, fn) => native.after(ms, guard(fn)),
  });
  const process = createPipeline(
    config.processors ?? [],
    buffer.add,
    () => buffer.drop('processor'),
    guard((error: unknown) => {
      throw error;
    }),
  );
  return {
    limited,
    add: (span) => {
      recorded++;
      if (isStopped) buffer.drop('stopped');
      else process(span);
    },
    flush: buffer.flush,
    stats: () => {
      const { sent, dropped } = buffer.counts;
      return { recorded, sent, waiting: buffer.waiting(), dropped: { ...dropped }, limited: { ...limited } };
    },
    stop: () => {
      isStopped = true;
      void buffer.flush(true);
      buffer.stop();
    },
  };
};
