import type { Clock, EpochMs, Page, PageView, Span, Stop } from '../types.js';

/** A page view is quiet when nothing has held it for this long, in milliseconds. */
const QUIET_MS = 100;
/** The longest a page view's span lasts: a long poll would keep it open for ever. */
const CAP_MS = 30_000;

/** Why a page view's span ended. */
type EndReason = 'quiet' | 'hidden' | 'superseded' | 'timeout' | 'stopped';

interface Running {
  span: Span;
  beforeEnd: (() => void) | undefined;
  holds: number;
  lastActivity: EpochMs;
  cap: Stop;
  quiet: Stop;
}

/** The page, and the two things the agent tells it. */
export interface PageControl extends Page {
  /** Ends the page view, then tells all who asked by `onHidden`. */
  hide(): void;
  /** Ends a running page view. */
  end(reason: EndReason): void;
}

/** Keeps the current page view and ends its span when it is quiet, hidden, replaced or too old. */
export const createPage = (clock: Clock, after: (ms: number, fn: () => void) => Stop): PageControl => {
  let view: PageView | undefined;
  let running: Running | undefined;
  const listeners = new Set<() => void>();

  const end = (reason: EndReason, time?: EpochMs): void => {
    const ending = running;
    if (!ending) return;
    running = undefined;
    ending.cap();
    ending.quiet();
    ending.beforeEnd?.();
    ending.span.setAttribute('rootspan.end_reason', reason);
    ending.span.end(time);
  };

  const waitForQuiet = (current: Running): void => {
    current.quiet();
    current.lastActivity = clock.now();
    current.quiet = after(QUIET_MS, () => end('quiet', current.lastActivity));
  };

  return {
    current: () => view,
    isOpen: () => !!running,
    open: (span, opened, beforeEnd) => {
      end('superseded');
      view = { ...opened, context: span.spanContext() };
      const cap = after(CAP_MS, () => end('timeout'));
      label(span, view);
      running = { span, beforeEnd, holds: 0, lastActivity: 0, cap, quiet: () => {} };
      waitForQuiet(running);
    },
    setRoute: (route, url) => {
      if (!view) return;
      view = { ...view, route, url: url ?? view.url };
      if (running) label(running.span, view);
    },
    hold: () => {
      const held = running;
      if (!held) return () => {};
      held.quiet();
      held.holds++;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        if (--held.holds === 0 && held === running) waitForQuiet(held);
      };
    },
    onHidden: (fn) => {
      listeners.add(fn);
      return () => {
        listeners.delete(fn);
      };
    },
    hide: () => {
      end('hidden');
      for (const fn of listeners) fn();
    },
    end,
  };
};

/** Names the span `page_load /products/:id`, `route_change /cart` or `page_restore /cart`. */
const label = (span: Span, { type, route }: PageView): void => {
  span.updateName(`${type === 'route' ? 'route_change' : `page_${type}`} ${route}`);
  span.setAttribute('url.template', route);
};
