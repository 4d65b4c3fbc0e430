import type { EpochMs, InstrumentationContext, PageView, Span, SpanContext, SpanLink } from '../types.js';
import { describeUrl } from './describe-url.js';

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
  context: InstrumentationContext,
  { type, startTime, parent = null, links = [], beforeEnd }: Opening,
): void => {
  const { href } = location;
  const id = context.id(16);
  const place = describeUrl(context, { url: new URL(href), type: 'page' });
  const route = place['url.template'];
  const span = context.tracer.startSpan(route, {
    scope: type === 'route' ? 'navigation' : 'document',
    parent,
    links,
    startTime,
    attributes: { ...place, 'rootspan.page_view.id': id, 'rootspan.page_view.type': type },
  });
  context.page.open(span, { id, type, url: href, route, startTime }, beforeEnd && (() => beforeEnd(span)));
};
