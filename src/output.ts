import { resourceAttributes } from './config.js';
import { type BufferParts, createBuffer } from './export/buffer.js';
import type { keepUnsent } from './export/offline.js';
import { createEnvelope, encodeSpan, type Scoped } from './export/otlp.js';
import { createPipeline } from './export/pipeline.js';
import { createTransport, type TransportParts } from './export/transport.js';
import type { CoreConfig } from './types.js';

declare const __VERSION__: string;

/** What of the agent it needs. */
export interface OutputParts extends TransportParts {
  readonly config: CoreConfig;
  id(digits: number): string;
}

/** Everything behind an ended span: processors, queue, encoder, network, and the counts. */
export const createOutput = (parts: OutputParts) => {
  const { config, guard, clock, native, page } = parts;
  const transport = createTransport(parts);
  // What the application's processors have not seen does not leave the page, nor what a ring holds.
  const openSpans = () =>
    config.processors?.length
      ? []
      : [...page.drafts].flatMap((span) => span.draft?.() ?? []).filter(({ traceFlags }) => traceFlags & 1);
  /** What spans and log records have in common. */
  const bufferOf = <T extends Scoped>(
    signal: 'Spans' | 'Logs',
    items: string,
    encode: BufferParts<T>['encode'],
    send = transport.send,
    drafts?: () => T[],
  ) =>
    createBuffer<T>({
      transport: { ...transport, send },
      wrap: createEnvelope(resourceAttributes(config, __VERSION__), __VERSION__, signal, items),
      flushInterval: config.flushInterval ?? 5000,
      now: () => clock.now(0),
      after: native.after,
      encode,
      drafts,
      // `keepUnsent`, or nothing
      offline: config.offline ? guard(config.offline as typeof keepUnsent)(signal, parts) : undefined,
    });
  const buffer = bufferOf('Spans', 'spans', encodeSpan, transport.send, openSpans);
  page.onDraft = buffer.defer;
  return {
    transport,
    bufferOf,
    // Log records are put beside the spans here.
    buffer,
    add: createPipeline(config.processors, guard, buffer),
    /** Counts a span that was refused. */
    drop: (reason: string): false => {
      buffer.drop(reason);
      return false;
    },
  };
};
