import type { Attributes, Config } from './types.js';
import { resolveUrl } from './util/url.js';

/** Which options hold which kind of value. */
const KINDS = {
  string: 'endpoint serviceName serviceVersion serviceNamespace environment',
  number: 'sampleRate flushInterval session.idleTimeout session.maxDuration',
  boolean: 'debug',
  function: 'redactUrl routeName',
  object: 'resource headers session',
  array: 'processors',
  URL: 'propagateTo neverPropagateTo ignoreUrls',
  any: 'attributes',
};

const isUrl = (value: unknown): boolean =>
  typeof value === 'string'
    ? /^http/.test(`${resolveUrl(value)}`)
    : typeof value === 'function' || value instanceof RegExp;

const isOf = (kind: string, value: unknown): boolean =>
  kind === 'any' ||
  (kind === 'URL' && [value].flat().every(isUrl)) ||
  (kind === 'array' && Array.isArray(value)) ||
  // NaN and what is below zero are no numbers of ours
  (value !== null && typeof value === kind && (kind !== 'number' || Number(value) >= 0));

/** What an option should be instead; undefined if nothing is wrong with it. */
const expect = (key: string, value: unknown): string | undefined => {
  const kind = Object.entries(KINDS).find(([, names]) => names.split(' ').includes(key))?.[0];
  if (!kind) return 'an option that exists';
  const isRate = key === 'sampleRate';
  if (!isOf(kind, value) || (isRate && Number(value) > 1)) {
    return isRate
      ? 'a number from 0 to 1'
      : kind === 'number'
        ? 'a number of 0 or more'
        : `a value of type ${kind}`;
  }
  return key === 'endpoint' && !isUrl(value) ? 'a URL' : undefined;
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
