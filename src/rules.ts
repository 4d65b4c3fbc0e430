import { tracesUrl } from './config.js';
import { createTargets } from './propagate/targets.js';
import type { Attributes, CoreConfig, Guard, InstrumentationContext, Page, Session } from './types.js';
import { createMatcher, redactUrl, resolveUrl, templateUrl } from './util/url.js';

type RequestRules = Pick<InstrumentationContext, 'inject' | 'extract' | 'isIgnored' | 'redact' | 'routeName'>;

/** Which requests are traced, which carry headers, and what their URLs are called. */
export const createRequestRules = (config: CoreConfig, { attempt }: Guard): RequestRules => {
  const collector = resolveUrl(tracesUrl(config.endpoint));
  const isTarget = createTargets(config, self.origin);
  const isUnwanted = createMatcher(config.ignoreUrls);
  const propagators = config.propagators ?? [];
  return {
    inject: (url, span, set) => {
      const context = span.spanContext();
      // An unsampled session's requests carry nothing.
      if (!(context.traceFlags & 1) || !attempt(() => isTarget(url))) return;
      for (const propagator of propagators) propagator.inject(context, set);
    },
    extract: (get) => {
      for (const propagator of propagators) {
        const context = propagator.extract?.(get);
        if (context) return context;
      }
      return undefined;
    },
    isIgnored: (url) =>
      (url.origin === collector?.origin && url.pathname === collector.pathname) ||
      !!attempt(() => isUnwanted(url)),
    redact: (url) => {
      const safe = redactUrl(url);
      return attempt(() => config.redactUrl?.(safe)) ?? safe;
    },
    routeName: (target) => attempt(() => config.routeName?.(target)) ?? templateUrl(target.url),
  };
};

/** What the agent puts on every span, and where a span without an active parent belongs. */
export const createSpanRules = (
  config: CoreConfig,
  page: Page,
  session: () => Session,
  shared: Attributes,
  { attempt }: Guard,
) => ({
  ambient: () => {
    const context = page.current()?.context;
    return page.isOpen() ? { parent: context } : { link: context };
  },
  isSampled: () => session().sampled,
  attributes: (isRoot: boolean): Attributes => {
    const { id, previousId, sampleRate } = session();
    const { attributes } = config;
    return {
      'session.id': id,
      'rootspan.page_view.id': page.current()?.id,
      ...(isRoot && { 'session.previous_id': previousId, 'rootspan.sample_rate': sampleRate }),
      ...(typeof attributes === 'function' ? attempt(attributes) : attributes),
      ...shared,
    };
  },
});
