import type { Attributes, EpochMs, InstrumentationContext, Span } from '../types.js';

/** The most spans of a kind for one page view. */
const MAX_SPANS = 20;

/**
 * Makes spans in the trace of the page view, also when its own span has ended; only so many for each. What began before
 * the latest page view, and is told of late, is of the one before.
 */
export const createPageSpans = ({ tracer, page }: InstrumentationContext, scope: string) => {
  let id: string | undefined;
  let count = 0;
  return (name: string, startTime: EpochMs, attributes: Attributes): Span | undefined => {
    const { current, previous = current } = page;
    if (id !== current?.id) count = 0;
    id = current?.id;
    const view = current && startTime < current.startTime ? previous : current;
    return count++ < MAX_SPANS
      ? tracer.startSpan(name, {
          scope,
          parent: view?.context ?? null,
          startTime,
          attributes: { ...attributes, 'rootspan.page_view.id': view?.id },
        })
      : undefined;
  };
};
