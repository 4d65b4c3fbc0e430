import { listen, listenHidden } from '../platform/lifecycle.js';
import { observe } from '../platform/observe.js';
import type { EndReason, Instrumentation, InstrumentationContext, PageView, Span, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { ownOrigin } from '../util/url.js';
import { describeUrl } from './describe-url.js';
import { addTiming, describePlace, findUrl } from './http.js';
import { isClaimed, isConnection } from './timing.js';

/** Not yet in TypeScript's library. */
type Entry = PerformanceResourceTiming & { renderBlockingStatus?: string };

/** The most spans for the resources of a page view, and again for those that come when its span has ended. */
const MOST = 50;
/** The most for a page that is left: it can send 32 KiB, and its root span and vitals need the room more. */
const MOST_LEAVING = 10;

/**
 * What a page view loads besides its requests: a child span for each of the largest and slowest, the others counted.
 * Those that fail are exceptions.
 */
export const traceResources = (): Instrumentation => ({
  name: 'resource',
  start: (context) => {
    const { clock, guard, page } = context;
    const begin = clock.now(0);
    const kept: Entry[] = [];
    const failed = new Set<string>();
    let omitted: Record<string, number> = {};
    let ended: PageView | undefined;
    let room = 0;

    const receive = guard((entries: Entry[]) => {
      for (const entry of entries) {
        const isOurs = isRequest(entry) && entry.startTime >= begin;
        if (isOurs || isConnection(entry) || !findUrl(context, entry.name)) continue;
        const { id, startTime = 0 } = page.current ?? {};
        // Begun in a page view that is over.
        const isLate = ended?.id === id || clock.at(entry.startTime) < startTime;
        if (!ended || !isLate) kept.push(entry);
        else if (room-- > 0) report(context, entry, ended);
      }
      omit(MOST);
    });
    const omit = (most: number): void => {
      for (const { initiatorType, transferSize } of kept.sort(byWeight).splice(most)) {
        const name = `rootspan.omitted.${initiatorType}`;
        omitted[`${name}.count`] = (omitted[`${name}.count`] ?? 0) + 1;
        omitted[`${name}.size`] = (omitted[`${name}.size`] ?? 0) + transferSize;
      }
    };
    const observation = observe('resource', receive);
    const finish = (span: Span, view: PageView, reason: EndReason) => {
      observation.flush?.();
      if (reason === 'hidden') omit(MOST_LEAVING);
      const entries = kept.splice(0);
      span.setAttributes(omitted);
      omitted = {};
      ended = view;
      room = MOST;
      failed.clear();
      return () => {
        for (const entry of entries) report(context, entry, view);
      };
    };
    page.endings.add(finish);
    return stopAll([
      observation,
      () => page.endings.delete(finish),
      listenHidden(() => observation.flush?.()),
      watchFailures(context, failed),
    ]);
  },
});

/** A request has a span of its own, unless it was made before the agent. */
const isRequest = ({ initiatorType }: Entry): boolean => /^(fetch|xml|beacon)/.test(initiatorType);

/** A kilobyte counts as a millisecond; requests come first. */
const weight = (entry: Entry): number =>
  entry.duration + entry.transferSize / 1000 + (isRequest(entry) ? 1e9 : 0);
const byWeight = (a: Entry, b: Entry): number => weight(b) - weight(a);

const report = (context: InstrumentationContext, entry: Entry, { id, context: parent }: PageView): void => {
  if (isClaimed(entry)) return;
  const { clock, guard, tracer } = context;
  const { initiatorType, responseStatus } = entry;
  const url = new URL(entry.name);
  const isForeign = url.origin !== ownOrigin();
  const isRebuilt = isRequest(entry);
  const place = describePlace(context, url, isRebuilt ? 'request' : 'resource');
  const host = isForeign ? url.host : '';
  const span = tracer.startSpan(
    `${isRebuilt ? 'HTTP ' : `${initiatorType} ${host}`}${place['url.template']}`,
    {
      kind: isRebuilt ? 3 : 1,
      scope: 'resource',
      parent,
      startTime: clock.at(entry.startTime),
      attributes: {
        ...place,
        'rootspan.page_view.id': id,
        'rootspan.cross_origin': isForeign || undefined,
        'rootspan.rebuilt': isRebuilt || undefined,
        'http.response.status_code': responseStatus || undefined,
        'browser.resource_timing.initiator_type': initiatorType,
        'browser.resource_timing.render_blocking_status': entry.renderBlockingStatus,
      },
    },
  );
  guard(addTiming)(context, span, entry);
  if (responseStatus >= 400) span.setAttribute('error.type', `${responseStatus}`).setStatus({ code: 2 });
  span.end(clock.at(entry.startTime + entry.duration));
};

/** Elements tell of their failure on themselves alone: it can be heard on its way down. */
const watchFailures = (context: InstrumentationContext, seen: Set<string>): Stop =>
  listen(
    window,
    'error',
    context.guard(({ target }: { target: HTMLImageElement & HTMLLinkElement }) => {
      const { localName, currentSrc, src, href } = target;
      const address = currentSrc || src || href; // none of an image without any
      const url = address && /^(img|script|link)$/.test(localName) && findUrl(context, address);
      if (!url || seen.size === MOST || seen.has(url.href)) return;
      seen.add(url.href);
      const message = `${localName} ${describeUrl(context, { url, type: 'resource' })['url.full']}`;
      context.recordException({ name: 'ResourceError', message });
    }),
    { capture: true },
  );
