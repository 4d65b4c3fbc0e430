import type {
  EndReason,
  EpochMs,
  InstrumentationContext,
  PageView,
  SpanContext,
  SpanLink,
  Stop,
} from '../types.js';
import { describeUrl } from './describe-url.js';

/** A page view is quiet when nothing has held it for this long, in milliseconds. */
const QUIET_MS = 100;
/** The longest a page view's span lasts: a long poll would keep it open for ever. */
const CAP_MS = 30_000;

interface Opening {
  type: PageView['type'];
  startTime: EpochMs;
  parent?: SpanContext | null;
  links?: SpanLink[];
}

/**
 * Begins a page view at the page's present URL, as the root of a trace unless there is a `parent`. Its span ends when
 * it is quiet, hidden, replaced or too old; a running one ends as `superseded`.
 */
export const openPageView = (
  context: InstrumentationContext,
  { type, startTime, parent = null, links = [] }: Opening,
): void => {
  const { page, clock, after, guard, tracer } = context;
  page.end?.('superseded');
  const { href } = location;
  const id = context.id(16);
  const place = describeUrl(context, { url: new URL(href), type: 'page' });
  const kind = type === 'route' ? 'route_change' : `page_${type}`;
  const span = tracer.startSpan(`${kind} ${place['url.template']}`, {
    scope: type === 'route' ? 'navigation' : 'document',
    parent,
    links,
    startTime,
    attributes: { ...place, 'rootspan.page_view.id': id, 'rootspan.page_view.type': type },
  });

  let holds = 0;
  let stopQuiet: Stop;
  const end = (reason: EndReason, time?: EpochMs): void => {
    if (page.end !== end) return;
    page.end = page.hold = undefined;
    stopQuiet();
    stopCap();
    const { current } = page;
    for (const ending of page.endings) if (current) guard(ending)(span, current);
    span.setAttribute('rootspan.end_reason', reason).end(time);
  };
  const stopCap = after(CAP_MS, () => end('timeout'));
  const waitForQuiet = (): void => {
    const time = clock.now();
    stopQuiet = after(QUIET_MS, () => end('quiet', time));
  };
  waitForQuiet();

  page.current = {
    id,
    type,
    url: href,
    route: place['url.template'],
    startTime,
    context: span.spanContext(),
  };
  page.end = end;
  page.hold = () => {
    let isHeld = true;
    holds++;
    stopQuiet();
    return () => {
      if (isHeld && !--holds && page.end === end) waitForQuiet();
      isHeld = false;
    };
  };
  page.setRoute = (route, url = href) => {
    // Its span may have ended; its name is still what later spans belong to.
    if (page.current) page.current = { ...page.current, route, url };
    const moved = describeUrl(context, { url: new URL(url), type: 'page' });
    span.updateName(`${kind} ${route}`).setAttributes({ ...moved, 'url.template': route });
  };
};
