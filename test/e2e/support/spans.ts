import type { CollectedSpan } from '../../support/otlp-reader.js';

/** Predicates and facts that many specs ask for. */
export const named =
  (name: string) =>
  (span: CollectedSpan): boolean =>
    span.name === name;

/** The header that a request of this span must have carried. */
export const traceparentOf = ({ traceId, spanId }: CollectedSpan): string => `00-${traceId}-${spanId}-01`;

export const isChildOf = (child: CollectedSpan, parent: CollectedSpan): boolean =>
  child.traceId === parent.traceId && child.parentSpanId === parent.spanId;

/** The one span of that name; throws when there is none or another. */
export const only = (spans: CollectedSpan[], name: string): CollectedSpan => {
  const found = spans.filter(named(name));
  const [span] = found;
  if (!span || found.length > 1) {
    throw new Error(`${found.length} spans ${name}; there are: ${spans.map((one) => one.name).join(', ')}`);
  }
  return span;
};
