import type { InstrumentationContext, RouteTarget } from '../types.js';
import { redactUrl, templateUrl } from '../util/url.js';

/** The two attributes that say where: without secrets, and of low cardinality. The user's functions have the last word. */
export const describeUrl = ({ config, guard }: InstrumentationContext, target: RouteTarget) => {
  const safe = redactUrl(target.url);
  return {
    'url.full': guard(() => config.redactUrl?.(safe))() ?? safe,
    'url.template': guard(() => config.routeName?.(target))() ?? templateUrl(target.url),
  };
};
