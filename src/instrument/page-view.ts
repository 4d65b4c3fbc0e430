import { isHidden } from '../platform/lifecycle.js';
import { afterPaint } from '../platform/native.js';
import { readStore, writeStore } from '../platform/storage.js';
import type {
  EndReason,
  EpochMs,
  InstrumentationContext,
  PageView,
  Span,
  SpanContext,
  SpanLink,
  SpanOptions,
} from '../types.js';
import { describeUrl } from './describe-url.js';
import { createHolder } from './hold.js';

/** Where a page leaves the ids of its latest page view to the next one in the tab. */
const KEY = 'rootspan-page-view';

interface Opening {
  type: PageView['type'];
  startTime: EpochMs;
  parent?: SpanContext | null;
  links?: SpanLink[];
  ids?: NonNullable<SpanOptions['ids']>;
  /** Since when it is quiet, if that was before the agent came. */
  quietSince?: EpochMs | undefined;
}

/**
 * Begins a page view at the page's present URL, as the root of a trace unless there is a `parent`. Its span ends when
 * it is quiet, hidden, replaced or too old; a running one ends as `superseded`.
 */
export const openPageView = (
  context: InstrumentationContext,
  { type, startTime, parent = null, links = [], ids = {}, quietSince }: Opening,
): Span => {
  const { page, guard, tracer } = context;
  const previous = page.current?.context ?? readPrevious();
  page.end?.('superseded');
  const id = context.id(16);
  const place = describeUrl(context, { url: new URL(location.href), type: 'page' });
  const kind = type === 'route' ? 'route_change' : `page_${type}`;
  const span = tracer.startSpan(`${kind} ${place['url.template']}`, {
    scope: type === 'route' ? 'navigation' : 'document',
    parent,
    ids,
    links: previous ? [...links, { context: previous, attributes: { 'rootspan.link': 'previous' } }] : links,
    startTime,
    attributes: { ...place, 'rootspan.page_view.id': id, 'rootspan.page_view.type': type },
  });

  const end = (reason: EndReason, time?: EpochMs): void => {
    if (page.end !== end) return;
    page.end = page.hold = undefined;
    page.drafts.delete(span);
    holder.stop();
    const { current } = page;
    const rest = [...page.endings].map((ending) => current && guard(ending)(span, current, reason));
    span.setAttribute('rootspan.end_reason', reason).end(time);
    for (const each of rest) if (typeof each === 'function') guard(each as () => void)(); // takes nothing
  };
  const holder = createHolder(context, end, quietSince);

  page.drafts.add(span);
  page.previous = page.current;
  page.current = {
    id,
    type,
    url: location.href,
    route: place['url.template'],
    startTime,
    context: span.spanContext(),
  };
  if (type !== 'route') page.load = page.current;
  if (span.isRecording())
    writeStore(KEY, page.current.context.traceId + page.current.context.spanId, 'session');
  page.end = end;
  page.hold = holder.hold;
  page.setRoute = (route, url = page.current?.url ?? location.href) => {
    // Its span may have ended; its name is still what later spans belong to.
    if (page.current) page.current = { ...page.current, route, url };
    const moved = describeUrl(context, { url: new URL(url), type: 'page' });
    span.updateName(`${kind} ${route}`).setAttributes({ ...moved, 'url.template': route });
  };
  return span;
};

/** Without requests a page view that is no load lasts until it can be seen, if anybody sees it. */
export const holdUntilPainted = (context: InstrumentationContext): void => {
  const release = isHidden() ? undefined : context.page.hold?.();
  if (release) afterPaint(context, release);
};

/** The page view of the page before; what another script has put there counts as nothing. */
const readPrevious = (): SpanContext | undefined => {
  const [, traceId, spanId] = /^([\da-f]{32})([\da-f]{16})$/.exec(readStore(KEY, 'session') ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId, traceFlags: 1 } : undefined;
};
