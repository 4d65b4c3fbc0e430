import { createEnvelope, encodeSpan } from '../../src/export/otlp.js';
import type { Attributes, SpanRecord } from '../../src/types.js';

/** A whole request body of spans, as the buffer makes it. */
export const encodeTraces = (resource: Attributes, version: string, spans: readonly SpanRecord[]): string =>
  createEnvelope(resource, version)(spans.map((span) => ({ span, json: encodeSpan(span) })));
