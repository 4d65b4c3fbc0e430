import { formatValue } from './format.js';
import type { Span } from './types.js';

/** Ids of the spans that contain `text` in name, service, id or attributes; undefined when nothing is searched for. */
export const findSpans = (spans: readonly Span[], text: string): Set<string> | undefined => {
  const needle = text.trim().toLowerCase();
  if (!needle) return undefined;
  return new Set(spans.filter((span) => textOf(span).includes(needle)).map((span) => span.spanId));
};

const textOf = (span: Span): string => {
  const attributes = Object.entries(span.attributes).map(([key, value]) => `${key}=${formatValue(value)}`);
  const events = span.events.flatMap((event) => [
    event.name,
    ...Object.values(event.attributes).map(formatValue),
  ]);
  const own = [span.name, span.service, span.spanId, span.status.message ?? ''];
  return [...own, ...attributes, ...events].join('\n').toLowerCase();
};
