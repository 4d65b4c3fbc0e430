import { syntheticType } from './platform/synthetic.js';
import type { Attributes, Config, Propagator, Target } from './types.js';
import { ofDocument } from './util/own.js';
import { resolveUrl } from './util/url.js';

const isA = (type: string) => (value: unknown) => typeof value === type && value !== null;
const isUpTo = (max: number) => (value: unknown) => typeof value === 'number' && value >= 0 && value <= max;
const isUrl = (value: unknown) => typeof value === 'string' && /^http/.test(`${resolveUrl(value)}`);
const isMatcher = (value: unknown) => isUrl(value) || typeof value === 'function' || value instanceof RegExp;
const isPropagators = (value: unknown) =>
  Array.isArray(value) && value.every((each?: Propagator) => typeof each?.inject === 'function');
const isTarget = (value: unknown) => {
  const { match, propagators }: Partial<Target> = Object(value);
  return [match].flat().every(isMatcher) && isPropagators(propagators);
};

type Rule = readonly [names: RegExp, expected: string, isValid: (value: unknown) => boolean];

/** What each option must be; made when it is needed, as loading a module does nothing. */
const rules = (): Rule[] => [
  [/^(service(Name|Version|Namespace)|environment|traceUrl)$/, 'a text', isA('string')],
  [/^endpoint$/, 'a URL', isUrl],
  [/^sampleRate$/, 'a number from 0 to 1', isUpTo(1)],
  [/^consent$/, 'granted, pending or denied', (value) => /^(granted|pending|denied)$/.test(`${value}`)],
  [
    /^(flushInterval|maxSpansPerMinute|session\.(idleTimeout|maxDuration))$/,
    'a number of 0 or more',
    isUpTo(Infinity),
  ],
  [/^(debug|logs|offline|parentBased|respectGpc|xrayTraceIds)$/, 'true or false', isA('boolean')],
  [/^(redactUrl|routeName|describeRequest|sampler|consistentSampling)$/, 'a function', isA('function')],
  [/^promote$/, 'promoteOn(…) with rules', (value) => isA('function')(Object(value).watch)],
  [/^(resource|headers|session|context)$/, 'an object', isA('object')],
  [/^attributes$/, 'an object or a function', (value) => Object(value) === value],
  [/^processors$/, 'an array of functions', Array.isArray],
  [
    /^(neverPropagateTo|ignoreUrls)$/,
    'a URL, a RegExp or a function',
    (value) => [value].flat().every(isMatcher),
  ],
  [
    /^propagateTo$/,
    'a URL, a RegExp, a function or { match, propagators }',
    (value) => [value].flat().every((each) => isMatcher(each) || isTarget(each)),
  ],
  [/^propagators$/, 'an array of propagators such as [b3]', isPropagators],
  [
    /^session\.storage$/,
    'local, session, memory or cookieStorage()',
    (value) => isA('function')(Object(value).getItem) || /^(local|session|memory)$/.test(`${value}`),
  ],
  [/^compression$/, '"gzip" or "none"', (value) => /^(gzip|none)$/.test(`${value}`)],
  [/^unsampledHeaders$/, '"omit" or "send"', (value) => /^(omit|send)$/.test(`${value}`)],
];

/** True for the name of an option. */
export const isOption = (key: string): boolean => rules().some(([names]) => names.test(key));

const show = (value: unknown): string => {
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'object' ? 'an object' : typeof value === 'function' ? 'a function' : String(value);
};

/** The first mistake in one sentence: the field, what was given, what to write. Undefined if there is none. */
export const findMistake = (config: unknown): string | undefined => {
  const options = Object(config);
  const session = Object.entries(Object(options.session));
  for (const [key, value] of [
    ...Object.entries(options),
    ...session.map(([name, value]) => [`session.${name}`, value] as const),
  ]) {
    const rule = rules().find(([names]) => names.test(key));
    if (value !== undefined && !rule?.[2](value)) {
      return `${key} is ${show(value)}, write ${rule?.[1] ?? 'an option that exists'}`;
    }
  }
  return undefined;
};

/** The URL for traces: `/v1/traces` is appended to a base, as with `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const tracesUrl = (endpoint = '/'): URL => {
  const url = new URL(endpoint, ofDocument('baseURI'));
  url.pathname = url.pathname.replace(/(\/v1\/traces)?\/?$/, '/v1/traces');
  return url;
};

/** Attributes of the resource: who sends, and from which browser. */
export const resourceAttributes = (config: Config, version: string): Attributes => ({
  'service.name': config.serviceName ?? 'unknown_service:browser',
  'service.version': config.serviceVersion,
  'service.namespace': config.serviceNamespace,
  'deployment.environment.name': config.environment,
  'telemetry.sdk.name': 'rootspan',
  'telemetry.sdk.language': 'webjs',
  'telemetry.sdk.version': version,
  'browser.language': navigator.language,
  'user_agent.original': navigator.userAgent,
  'user_agent.synthetic.type': syntheticType(),
  ...config.resource,
});
