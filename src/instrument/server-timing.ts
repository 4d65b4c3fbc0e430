import type { InstrumentationContext, SpanContext } from '../types.js';

/**
 * The server's span as its `Server-Timing` names it: `trace` (Trace Context Level 3, draft), else `traceparent`.
 * Entries tell it without any header being read.
 */
export const readServerContext = (
  { config }: InstrumentationContext,
  metrics: readonly PerformanceServerTiming[] = [],
): SpanContext | undefined =>
  metrics
    .filter(({ name }) => /^trace(parent)?$/i.test(name))
    .sort((a, b) => a.name.length - b.name.length)
    .flatMap(({ description }) =>
      config.propagators?.map(({ extract }) =>
        extract?.((field) => (field === 'traceparent' ? description : undefined)),
      ),
    )
    .find(Boolean);
