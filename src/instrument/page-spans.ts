import type { Attributes, EpochMs, InstrumentationContext, Span } from '../types.js';

/** The most spans of a kind for one page view. */
const MAX_SPANS = 20;

/** Makes spans in the trace of the page view, also when its own span has ended; only so many for each. */
export const createPageSpans = ({ tracer, page }: InstrumentationContext, scope: string) => {
  let id: string | undefined;
  let count = 0;
  return (name: string, startTime: EpochMs, attributes: Attributes): Span | undefined => {
    const { current } = page;
    if (id !== current?.id) count = 0;
    id = current?.id;
    const parent = current?.context ?? null;
    return count++ < MAX_SPANS ? tracer.startSpan(name, { scope, parent, startTime, attributes }) : undefined;
  };
};
