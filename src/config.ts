import type { Attributes, Config } from './types.js';
import { resolveUrl } from './util/url.js';

/** Which options hold which kind of value, as `typeof` says it; `any` are looked at below, or nowhere. */
const KINDS: Record<string, string> = {
  string: 'endpoint serviceName serviceVersion serviceNamespace environment',
  number: 'sampleRate flushInterval',
  boolean: 'debug',
  function: 'redactUrl routeName',
  object: 'resource headers session processors instrumentations propagators',
  any: 'propagateTo neverPropagateTo ignoreUrls attributes',
};

/** What is wrong with one option: what to write instead, or undefined. */
const findFault = (key: string, value: unknown): string | undefined => {
  const kind = Object.keys(KINDS).find((name) => KINDS[name]?.split(' ').includes(key));
  if (!kind) return 'leave it out, there is no such option';
  if (value === null || (kind !== 'any' && typeof value !== kind)) return `write a ${kind}`;
  if (key === 'sampleRate' && !((value as number) >= 0 && (value as number) <= 1))
    return 'write a number from 0 to 1';
  const urls = /^endpoint$|To$|Urls$/.test(key) ? [value].flat() : [];
  return urls.some((url) => typeof url === 'string' && !/^http/.test(`${resolveUrl(url)}`))
    ? 'write an http URL'
    : undefined;
};

/** The first mistake in one sentence: the field, what was given, what to write. Undefined if there is none. */
export const findMistake = (config: object): string | undefined => {
  for (const [key, value] of Object.entries(config)) {
    const fault = value === undefined ? undefined : findFault(key, value);
    if (fault) return `${key}: got ${typeof value === 'string' ? `"${value}"` : String(value)}, ${fault}`;
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
