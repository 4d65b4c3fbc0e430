import type { Attributes, Clock, EpochMs, Page, PageView, Tracer } from './types.js';
import { describeError } from './util/error.js';

/** So many different errors are remembered; then all count as new. */
const MAX_ERRORS = 100;

interface Known {
  facts: Attributes;
  view: PageView | undefined;
  /** How often it was seen since it was told. */
  count: number;
}

/**
 * The one place that records errors: on the active span, which has failed then, else as a span of the page view. An
 * object that was thrown through several hands is recorded once; errors of the same type, message and first frame make
 * one span a page view. `tell` says how often those were seen again.
 */
export const createErrorLog = (tracer: Tracer, clock: Clock, page: Page) => {
  const objects = new WeakSet<object>();
  const known = new Map<string, Known>();

  const write = (each: Known, startTime: EpochMs): void => {
    const { facts, view, count } = each;
    if (!count) return;
    each.count = 0;
    const parent = view?.context ?? null;
    const attributes = { 'rootspan.page_view.id': view?.id };
    tracer
      .startSpan('exception', { scope: 'errors', parent, startTime, attributes })
      .addEvent('exception', { ...facts, 'rootspan.exception.count': count }, startTime)
      .setStatus({ code: 2 })
      .end(startTime);
  };

  const tell = () => {
    for (const each of known.values()) write(each, clock.now());
  };

  const record = (error: unknown, time = clock.now()): void => {
    if (objects.has(error as object)) return; // false for what is no object
    if (Object(error) === error) objects.add(error as object); // as just seen
    const active = tracer.active();
    if (active) {
      active.recordException(error, time);
      active.setStatus({ code: 2 });
      return;
    }
    const facts = describeError(error);
    const view = page.current;
    // Up to the first line that names a place, which is the first frame.
    const key = `${[view?.id, ...Object.values(facts)]}`.replace(/(:\d+:\d+)\D[\s\S]*/, '$1');
    const each = known.get(key);
    if (each) each.count++;
    else {
      if (known.size === MAX_ERRORS) {
        tell();
        known.clear();
      }
      const first = { facts, view, count: 1 };
      known.set(key, first);
      write(first, time);
    }
  };

  return { record, tell };
};
