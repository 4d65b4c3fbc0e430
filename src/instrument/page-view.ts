import type { EpochMs, InstrumentationContext, PageView, Span, SpanContext, SpanLink } from '../types.js';

interface Opening {
  type: PageView['type'];
  startTime: EpochMs;
  parent?: SpanContext | null;
  links?: SpanLink[];
  /** Runs just before the page view's span ends. */
  beforeEnd?: (span: Span) => void;
}

/** Begins a page view at the page's present URL, as the root of a trace unless there is a `parent`. */
export const openPageView = (
  { tracer, page, id, redact, routeName }: InstrumentationContext,
  { type, startTime, parent = null, links = [], beforeEnd }: Opening,
): void => {
  const { href } = location;
  const view = {
    id: id(16),
    type,
    url: href,
    route: routeName({ url: new URL(href), type: 'page' }),
    startTime,
  };
  const span = tracer.startSpan(view.route, {
    scope: type === 'route' ? 'navigation' : 'document',
    parent,
    links,
    startTime,
    attributes: {
      'url.full': redact(href),
      'rootspan.page_view.id': view.id,
      'rootspan.page_view.type': type,
    },
  });
  page.open(span, view, beforeEnd && (() => beforeEnd(span)));
};
