import { isPrerendering, listen } from '../platform/lifecycle.js';
import { unzoned } from '../platform/native.js';
import { patch } from '../platform/patch.js';
import type { Instrumentation, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { isHashRoute } from '../util/url.js';
import { describeUrl } from './describe-url.js';
import { holdUntilPainted, openPageView } from './page-view.js';

/** The longest time after the task of a click or key in which a route change counts as its effect, in milliseconds. */
const CAUSE_MS = 100;

/**
 * A root span for each route change of a single-page application, held open by its requests. By the Navigation API
 * where there is one, else by `pushState`, `replaceState`, `popstate` and `hashchange`.
 */
export const traceNavigation = (): Instrumentation => ({
  name: 'navigation',
  start: (context) => {
    const { clock, page, guard, after } = context;
    const look = () => {
      const url = new URL(location.href);
      // A plain fragment is a place on the same page.
      const key = url.pathname + url.search + (isHashRoute(url) ? url.hash : '');
      return { key, href: url.href, route: describeUrl(context, { url, type: 'page' })['url.template'] };
    };
    let place = look();
    /** The latest click or key, and until when a change is its effect, on the performance timeline. */
    let cause = 0;
    let until = 0;

    const onChange = guard((isReplace: boolean, finished?: Promise<unknown>) => {
      const from = place;
      place = look();
      const isSame = place.key === from.key || (isReplace && place.route === from.route);
      // A page that is loaded ahead has no page view yet.
      if (isSame || isPrerendering()) return;
      const now = clock.now(0);
      const startTime = clock.at(now < until ? cause : now);
      // A redirect of a page view that has just begun, unless the visitor has acted since.
      const { current } = page;
      if (isReplace && page.end && !(now < until && current && startTime > current.startTime))
        return page.setRoute?.(place.route, place.href);
      const span = openPageView(context, { type: 'route', startTime });
      // What the page requests now is the route's, not the click's that led to it.
      context.tracer.resume?.(span);
      holdUntilPainted(context);
      // A navigation that the page has intercepted lasts until its handler is done.
      const handled = finished && page.hold?.();
      if (finished) unzoned(finished, 'then').call(finished, handled, handled);
    });

    return stopAll([
      listen(
        window,
        'click keydown',
        guard((event: Event) => {
          if (!event.isTrusted) return;
          cause = event.timeStamp;
          // However long the page takes to handle it.
          until = Infinity;
          after(0, () => {
            until = clock.now(0) + CAUSE_MS;
          });
        }),
        { capture: true, passive: true },
      ),
      ...watchUrl(onChange),
    ]);
  },
});

const watchUrl = (onChange: (isReplace: boolean, finished?: Promise<unknown>) => void): Stop[] => {
  // Not yet in TypeScript's library.
  const { navigation } = window as {
    navigation?: EventTarget & { transition?: { finished: Promise<unknown> } | null };
  };
  if (navigation) {
    return [
      listen(navigation, 'currententrychange', (event: Event & { navigationType?: string }) =>
        onChange(event.navigationType === 'replace', navigation.transition?.finished),
      ),
    ];
  }
  const methods = ['pushState', 'replaceState'].map((name) =>
    patch(History.prototype, name, (change) => {
      const result = change();
      onChange(name === 'replaceState');
      return result;
    }),
  );
  return [...methods, listen(window, 'popstate hashchange', () => onChange(false))];
};
