import type { InstrumentationContext, RouteTarget } from '../types.js';
import { redactText, redactUrl } from '../util/redact.js';
import { templateUrl } from '../util/url.js';

/** A URL without secrets; the user's function has the last word. */
export const safeUrl = ({ config, guard }: InstrumentationContext, url: URL): string => {
  const safe = redactUrl(url);
  return guard(() => config.redactUrl?.(safe))() ?? safe;
};

/** What may be a URL, hold one, or neither, such as the name of a script: without secrets. */
export const safeText = (context: InstrumentationContext, text: string): string =>
  // A scheme is written in small letters, other than `TimerHandler:setTimeout`.
  /^[a-z-]+:/.test(text) ? (context.guard(safeUrl)(context, new URL(text)) ?? '') : redactText(text);

/** The two attributes that say where: without secrets, and of low cardinality. The user's functions have the last word. */
export const describeUrl = (context: InstrumentationContext, target: RouteTarget) => ({
  'url.full': safeUrl(context, target.url),
  'url.template': context.guard(() => context.config.routeName?.(target))() ?? templateUrl(target.url),
});
