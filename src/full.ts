import { startDefault } from './default-set.js';
import { describeGraphql } from './instrument/graphql.js';
import { reportVitals } from './instrument/vitals-attribution.js';
import { cookieStorage } from './platform/cookie.js';
import { b3, b3multi } from './propagate/b3.js';
import { baggage, jaegerBaggage } from './propagate/baggage.js';
import { datadog } from './propagate/datadog.js';
import { jaeger } from './propagate/jaeger.js';
import { w3c } from './propagate/w3c.js';
import { xray } from './propagate/xray.js';
import { defineGlobal, wordsOf } from './script-tag.js';
import { consistentSampling } from './session/consistent.js';
import { named, onError, promoteOn, slowerThan } from './session/promotion.js';
import { remoteSampler } from './session/remote.js';
import { visitorId } from './session/visitor.js';
import type { Agent, Config, PromotionRule } from './types.js';
import { createGuard } from './util/guard.js';

/** What a text can name: a value, or with `name(a, b)` what makes one. */
const PARTS: Record<string, (...args: string[]) => unknown> = {
  w3c: () => w3c,
  b3: () => b3,
  b3multi: () => b3multi,
  jaeger: () => jaeger,
  xray: () => xray,
  datadog: () => datadog,
  baggage: (...keys) => baggage({ keys }),
  jaegerBaggage: (...keys) => jaegerBaggage({ keys }),
  onError: () => onError,
  slowerThan: (duration) => slowerThan(Number(duration)),
  named: (...names) => named(...names),
  graphql: () => describeGraphql,
  remote: (url = '') => remoteSampler(url),
  visitor: () => visitorId(),
  cookie: (domain) => cookieStorage(domain ? { domain } : {}),
};

/** The values that texts name; what has no such name stays what it is, and `start` tells of it. */
const resolve = (given: unknown): unknown[] =>
  [given]
    .flat()
    .flatMap((item) =>
      typeof item === 'string'
        ? [...item.matchAll(/([^\s,()]+)(?:\(([^)]*)\))?/g)].map(
            ([text, name = '', args = '']) =>
              Object.getOwnPropertyDescriptor(PARTS, name)?.value(...wordsOf(args)) ?? text,
          )
        : [item],
    );

/** `start` with names for the values that an npm import has. */
const startFull = (config: Config): Agent => {
  const given: Record<string, unknown> = { ...config };
  const replace = (key: string, make: (parts: unknown[]) => unknown) => {
    if (given[key] !== undefined && typeof given[key] !== 'function') given[key] = make(resolve(given[key]));
  };
  replace('propagators', (parts) => parts);
  if (given.promote !== undefined) given.promote = resolvePromotion(given.promote);
  const first = ([part]: unknown[]) => part;
  replace('describeRequest', first);
  replace('sampler', first);
  replace('attributes', first);
  if (given.session !== undefined) given.session = resolveStorage(given.session);
  const wanted = given.consistentSampling;
  if (wanted === '' || `${wanted}` === 'true') given.consistentSampling = consistentSampling;
  const targets = [given.propagateTo ?? []].flat() as { propagators?: unknown }[];
  given.propagateTo = targets.map((target) =>
    target?.propagators ? { ...target, propagators: resolve(target.propagators) } : target,
  );
  // What is no object at all, start has to tell of.
  return startDefault(Object(config) === config ? (given as Config) : config, reportVitals());
};

/** The storage alone, or the options of a session with the storage among them. */
const resolveStorage = (session: unknown): unknown => {
  if (typeof session === 'string') return { storage: resolve(session)[0] };
  const { storage } = Object(session);
  return typeof storage === 'string' ? { ...Object(session), storage: resolve(storage)[0] } : session;
};

/** A rule may be a function of the user's; a name that is none is told by its text. */
const resolvePromotion = (promote: unknown): unknown => {
  const parts = resolve(promote);
  if (Object(promote).watch) return promote;
  return parts.every((part) => typeof part === 'function')
    ? promoteOn(...(parts as PromotionRule[]))
    : parts.join(' ');
};

// A fault of ours is not the page's.
if (typeof document !== 'undefined') createGuard()(defineGlobal)(startFull);
