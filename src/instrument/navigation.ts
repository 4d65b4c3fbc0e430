import { listen } from '../platform/lifecycle.js';
import { patch } from '../platform/patch.js';
import type { EpochMs, Instrumentation, Stop } from '../types.js';
import { isHashRoute, resolveUrl } from '../util/url.js';
import { openPageView } from './page-view.js';

/** The longest time between a click or key and the route change that counts as its effect, in milliseconds. */
const CAUSE_MS = 100;

/** `NavigationHistoryEntry` changes, in the browsers that tell of them. */
interface Navigation extends EventTarget {
  readonly currentEntry: unknown;
}

/**
 * A root span for each route change of a single-page application, held open by its requests. By the Navigation API
 * where there is one, else by `pushState`, `replaceState`, `popstate` and `hashchange`.
 */
export const traceNavigation = (): Instrumentation => ({
  name: 'navigation',
  start: (context) => {
    const { clock, page, guard, routeName, afterPaint } = context;
    let place = describePlace();
    let cause: EpochMs = 0;

    const openRoute = (): void => {
      const now = clock.now();
      openPageView(context, { type: 'route', startTime: now - cause < CAUSE_MS ? cause : now });
      // Without requests a route change lasts until it can be seen.
      afterPaint(page.hold());
    };

    const onChange = guard((isReplace: boolean) => {
      const from = place;
      place = describePlace();
      if (place.key === from.key) return;
      const route = routeName({ url: place.url, type: 'page' });
      const isSameRoute = route === routeName({ url: from.url, type: 'page' });
      // A router's bookkeeping, or a redirect of a page view that has just begun.
      if (isReplace && (isSameRoute || page.isOpen())) {
        if (!isSameRoute) page.setRoute(route, place.url.href);
      } else openRoute();
    });

    const onInput = (event: Event): void => {
      if (event.isTrusted) cause = clock.at(event.timeStamp);
    };
    const stops = [
      ...['click', 'keydown'].map((type) =>
        listen(window, type, guard(onInput), { capture: true, passive: true }),
      ),
      ...watchUrl(onChange),
    ];
    return () => stops.forEach((stop) => void stop());
  },
});

/** What tells one place of the application from another: a plain fragment does not. */
const describePlace = () => {
  const url = resolveUrl(location.href) ?? new URL('about:blank');
  return { url, key: url.pathname + url.search + (isHashRoute(url) ? url.hash : '') };
};

const watchUrl = (onChange: (isReplace: boolean) => void): Stop[] => {
  const navigation = (window as { navigation?: Navigation }).navigation; // not yet in TypeScript's library
  if (navigation?.currentEntry) {
    return [
      listen(navigation, 'currententrychange', (event: Event & { navigationType?: string }) =>
        onChange(event.navigationType === 'replace'),
      ),
    ];
  }
  const watchMethod = (name: 'pushState' | 'replaceState') =>
    patch(History.prototype, name, (native, self, args) => {
      const result = Reflect.apply(native, self, args);
      onChange(name === 'replaceState');
      return result;
    });
  return [
    watchMethod('pushState'),
    watchMethod('replaceState'),
    ...['popstate', 'hashchange'].map((type) => listen(window, type, () => onChange(false))),
  ];
};
