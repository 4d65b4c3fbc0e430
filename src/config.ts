import type { Attributes, CoreConfig } from './types.js';
import { resolveUrl } from './util/url.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): boolean => typeof value === 'object' && !!value && !Array.isArray(value);
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0;
const isListOf = (test: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) ? value.every(test) : test(value);
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:$/.test(resolveUrl(value)?.protocol ?? '');

type Rule = readonly [test: (value: unknown) => boolean, expected: string];
const TEXT: Rule = [isText, 'a text that is not empty'];
const OBJECT: Rule = [isObject, 'an object'];
const FUNCTION: Rule = [isFunction, 'a function'];
const MILLISECONDS: Rule = [isPositive, 'a number of milliseconds above 0'];
const URLS: Rule = [
  isListOf((value) => isUrl(value) || value instanceof RegExp || isFunction(value)),
  'a URL such as "https://api.example.com", a RegExp, a function, or a list of these',
];

const rules = (): Record<keyof CoreConfig, Rule> => ({
  endpoint: [isUrl, 'an http or https URL, or a path such as "/otel"'],
  serviceName: TEXT,
  serviceVersion: TEXT,
  serviceNamespace: TEXT,
  environment: TEXT,
  resource: OBJECT,
  headers: OBJECT,
  sampleRate: [(value) => typeof value === 'number' && value >= 0 && value <= 1, 'a number from 0 to 1'],
  propagateTo: URLS,
  neverPropagateTo: URLS,
  ignoreUrls: URLS,
  session: [
    (value) => isObject(value) && Object.values(value as object).every(isPositive),
    'an object of idleTimeout and maxDuration in milliseconds',
  ],
  attributes: [(value) => isObject(value) || isFunction(value), 'an object or a function'],
  redactUrl: FUNCTION,
  processors: [(value) => Array.isArray(value) && value.every(isFunction), 'a list of functions'],
  routeName: FUNCTION,
  flushInterval: MILLISECONDS,
  debug: [(value) => typeof value === 'boolean', 'true or false'],
  instrumentations: [Array.isArray, 'a list of instrumentations'],
  propagators: [Array.isArray, 'a list of propagators'],
});

const show = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Cyclic or a BigInt.
    return typeof value;
  }
};

/** The first mistake in one sentence, or undefined: the field, what was given, what to write. */
export const findMistake = (config: CoreConfig): string | undefined => {
  if (!isObject(config)) return `start: got ${show(config)}, write start({ serviceName: "shop-web" })`;
  const known = rules();
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined) continue;
    if (!Object.keys(known).includes(key)) return `${key}: there is no such option`;
    const [test, expected] = known[key as keyof CoreConfig]; // one of the keys, as just seen
    if (!test(value)) return `${key}: got ${show(value)}, write ${expected}`;
  }
  return undefined;
};

/** The URL for traces: `/v1/traces` is appended to a base, as with `OTEL_EXPORTER_OTLP_ENDPOINT`. */
export const tracesUrl = (endpoint = '/'): string => {
  const url = new URL(endpoint, document.baseURI);
  if (!/\/v1\/traces$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
};

/** Attributes of the resource: who sends, and from which browser. */
export const resourceAttributes = (config: CoreConfig, version: string): Attributes => {
  const { userAgent, language } = navigator;
  // Chromium alone; elsewhere these stay away, as the conventions ask.
  const brands = (navigator as Navigator & { userAgentData?: UserAgentData }).userAgentData;
  return {
    'service.name': config.serviceName ?? 'unknown_service:browser',
    'service.version': config.serviceVersion,
    'service.namespace': config.serviceNamespace,
    'deployment.environment.name': config.environment,
    'telemetry.sdk.name': 'rootspan',
    'telemetry.sdk.language': 'webjs',
    'telemetry.sdk.version': version,
    'browser.language': language,
    'browser.brands': brands?.brands.map(({ brand, version: major }) => `${brand} ${major}`),
    'browser.platform': brands?.platform,
    'browser.mobile': brands?.mobile,
    'user_agent.original': userAgent,
    ...config.resource,
  };
};

interface UserAgentData {
  brands: { brand: string; version: string }[];
  platform: string;
  mobile: boolean;
}
