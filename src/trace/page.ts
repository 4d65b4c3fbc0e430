import type { Clock, EpochMs, Page, PageView, Span, Stop } from '../types.js';

/** A page view is quiet when nothing has held it for this long, in milliseconds. */
const QUIET_MS = 100;
/** The longest a page view's span lasts: a long poll would keep it open for ever. */
const CAP_MS = 30_000;

/** Why a page view's span ended. */
type EndReason = 'quiet' | 'hidden' | 'superseded' | 'timeout' | 'stopped';

/** The page, and what the agent tells it. */
export interface PageControl extends Page {
  /** Ends the page view, then tells all who asked by `onHidden`. */
  hide(): void;
  /** Ends a running page view. */
  end(reason: EndReason): void;
}

/** Keeps the current page view and ends its span when it is quiet, hidden, replaced or too old. */
export const createPage = (clock: Clock, after: (ms: number, fn: () => void) => Stop): PageControl => {
  let view: PageView | undefined;
  /** The running page view's span; undefined once it has ended. */
  let running: Span | undefined;
  let finish: (() => void) | undefined;
  let holds = 0;
  let stopQuiet: Stop | undefined;
  let stopCap: Stop | undefined;
  const listeners = new Set<() => void>();

  const end = (reason: EndReason, time?: EpochMs): void => {
    const span = running;
    running = undefined;
    stopQuiet?.();
    stopCap?.();
    if (!span) return;
    finish?.();
    span.setAttribute('rootspan.end_reason', reason).end(time);
  };

  const waitForQuiet = (): void => {
    const time = clock.now();
    stopQuiet = after(QUIET_MS, () => end('quiet', time));
  };

  /** `page_load /products/:id`, `route_change /cart`, `page_restore /cart`. */
  const label = ({ type, route }: PageView): void => {
    running
      ?.updateName(`${type === 'route' ? 'route_change' : `page_${type}`} ${route}`)
      .setAttribute('url.template', route);
  };

  return {
    current: () => view,
    isOpen: () => !!running,
    open: (span, opened, beforeEnd) => {
      end('superseded');
      view = { ...opened, context: span.spanContext() };
      running = span;
      finish = beforeEnd;
      holds = 0;
      stopCap = after(CAP_MS, () => end('timeout'));
      label(view);
      waitForQuiet();
    },
    setRoute: (route, url) => {
      if (!view) return;
      view = { ...view, route, url: url ?? view.url };
      label(view);
    },
    hold: () => {
      let held = running;
      holds++;
      stopQuiet?.();
      return () => {
        // Held once, for this page view alone.
        if (held && held === running && !--holds) waitForQuiet();
        held = undefined;
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
