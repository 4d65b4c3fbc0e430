import type { Attributes, Config } from './types.js';
import { resolveUrl } from './util/url.js';

const isA = (type: string) => (value: unknown) => typeof value === type && value !== null;
const isUrl = (value: unknown): boolean =>
  typeof value === 'string'
    ? /^http/.test(`${resolveUrl(value)}`)
    : typeof value === 'function' || value instanceof RegExp;

type Rule = readonly [names: RegExp, isValid: (value: unknown) => boolean, expected: string];

/** What each option must be; made when it is needed, as loading a module does nothing. */
const rules = (): Rule[] => [
  [/^(service(Name|Version|Namespace)|environment)$/, isA('string'), 'a text'],
  [/^endpoint$/, (value) => typeof value === 'string' && isUrl(value), 'a URL'],
  [
    /^sampleRate$/,
    (value) => isA('number')(value) && Number(value) >= 0 && Number(value) <= 1,
    'a number from 0 to 1',
  ],
  [
    /^(flushInterval|session\.(idleTimeout|maxDuration))$/,
    (value) => isA('number')(value) && Number(value) >= 0,
    'a number of 0 or more',
  ],
  [/^debug$/, isA('boolean'), 'true or false'],
  [/^(redactUrl|routeName)$/, isA('function'), 'a function'],
  [/^(resource|headers|session)$/, isA('object'), 'an object'],
  [/^processors$/, Array.isArray, 'an array of functions'],
  [
    /^(propagateTo|neverPropagateTo|ignoreUrls)$/,
    (value) => [value].flat().every(isUrl),
    'a URL, a RegExp or a function',
  ],
  [/^attributes$/, (value) => isA('object')(value) || isA('function')(value), 'an object or a function'],
];

/** True for the name of an option. */
export const isOption = (key: string): boolean => rules().some(([names]) => names.test(key));

/** What an option should be instead; undefined if nothing is wrong with it. */
const expect = (key: string, value: unknown): string | undefined => {
  const [, isValid, expected] = rules().find(([names]) => names.test(key)) ?? [];
  if (!isValid) return 'an option that exists';
  return isValid(value) ? undefined : expected;
};

const show = (value: unknown): string =>
  typeof value === 'object' ? 'an object' : typeof value === 'string' ? `"${value}"` : String(value);

/** The first mistake in one sentence: the field, what was given, what to write. Undefined if there is none. */
export const findMistake = (config: unknown): string | undefined => {
  const options = Object(config);
  const session = Object.entries(Object(options.session)).map(
    ([key, value]) => [`session.${key}`, value] as const,
  );
  for (const [key, value] of [...Object.entries(options), ...session]) {
    const expected = value !== undefined && expect(key, value);
    if (expected) return `${key} is ${show(value)}, write ${expected}`;
  }
  return undefined;
};

/** The URL for traces: `/v1/traces` is appended to a base, as with `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const tracesUrl = (endpoint = '/'): URL => {
  const url = new URL(endpoint, document.baseURI);
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
  ...config.resource,
});
