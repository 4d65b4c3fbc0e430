import { engine } from '../../support/engines.js';
import type { Observation } from './run-page.js';

type Change = (plain: Observation) => Observation;

/** One more entry in a list of names. */
const withName =
  (name: string): Change =>
  (plain) => ({ ...plain, value: [...(plain.value as string[]), name].sort() }); // these cases return names

/** A rejection one step of the microtask queue later. */
const oneStepLater: Change = (plain) => {
  const log = [...plain.log];
  const at = log.findIndex((line) => `${line}`.startsWith('rejected'));
  log.splice(at + 1, 0, ...log.splice(at, 1));
  return { ...plain, log };
};

/** The page's promise follows the browser's, so that unhandled rejections stay unhandled; this costs one microtask. */
const FOLLOWS = 'nothing tells that the browser has refused before its promise does';

/** The Request that carries our header is made first; when the browser refuses its headers, it is asked once more for its error. */
const READ_TWICE = 'headers that are refused, of a call with a Request and options, are read a second time';

const readAgain = (steps: number): { reason: string; change: Change } => ({
  reason: READ_TWICE,
  change: (plain) => {
    const again = [
      'get iterator',
      'iterate',
      ...Array.from({ length: steps }, (_, index) => `next ${index}`),
    ];
    return { ...plain, log: [...plain.log, ...again] };
  },
});

/**
 * What cannot be otherwise, by the name of a case: what the page sees with the agent, made from what it sees without.
 * Anything that is not here word for word is a fault.
 */
const KNOWN: Record<string, { reason: string; change: Change }> = {
  'names of the window': { reason: 'the script tag’s own function', change: withName('rootspan') },
  'symbols of the window': {
    reason: 'where a second copy of the agent finds the first; hidden from for-in and Object.keys',
    change: withName('Symbol(rootspan)'),
  },
  'local storage': { reason: 'the session', change: withName('rootspan.session') },
  'session storage': { reason: 'the page view, for the next page', change: withName('rootspan-page-view') },
  'exact text of the function': {
    reason: 'a Proxy prints no name; replacing Function.prototype.toString to hide that would be worse',
    change: (plain) => ({ ...plain, value: [namelessText(), namelessText()] }),
  },
  'steps: wrong method': { reason: FOLLOWS, change: oneStepLater },
  'steps: wrong header': { reason: FOLLOWS, change: oneStepLater },
  'steps: wrong cache': { reason: FOLLOWS, change: oneStepLater },
  'steps: wrong kind of options': { reason: FOLLOWS, change: oneStepLater },
  'steps: throwing options': { reason: FOLLOWS, change: oneStepLater },
  'request and options with a wrong name before a counted value': {
    reason: READ_TWICE,
    change: (plain) => ({ ...plain, log: [...plain.log, 'toString b'] }),
  },
  'request and options with list with a wrong pair before a watched one': readAgain(3),
  'request and options with iterable with a wrong pair': readAgain(4),
  'request and options with iterable with a wrong name': readAgain(4),
  'request and options with iterable that throws': readAgain(2),
  'prepareStackTrace of the page': {
    reason: 'V8 formats a stack when it is first read, and an uncaught error’s stack is what is reported',
    change: (plain) =>
      engine() === 'chromium' ? { ...plain, log: ['prepared of the page', ...plain.log] } : plain,
  },
};

const namelessText = (): string =>
  ({
    chromium: 'function () { [native code] }',
    firefox: 'function () {\n    [native code]\n}',
    webkit: 'function ProxyObject() {\n    [native code]\n}',
  })[engine()];

/** What a page with the agent is expected to see in this case. */
export const knownDifference = (name: string, plain: Observation | undefined): Observation | undefined =>
  plain && (KNOWN[name]?.change(plain) ?? plain);

/**
 * What is chance in Firefox, or shows the agent for no use of a page: messages hold the source of the value that is
 * refused, and a message of ours stands in for the page's; globals and the name and length of a function are made when
 * they are first asked for, and listed in that order.
 */
export const withoutFirefoxChance = (seen: unknown): unknown => {
  if (typeof seen !== 'object' || seen === null) return seen;
  if (Array.isArray(seen)) {
    // A name that Playwright puts into the page when it comes to it.
    const list = seen.filter((item) => !/^__pw/.test(`${item}`)).map(withoutFirefoxChance);
    return list.every(isNamed) ? list.sort(([a], [b]) => (a < b ? -1 : 1)) : list;
  }
  const entries = Object.entries(seen).map(([key, value]) => {
    if (key === 'ownKeys' && Array.isArray(value)) return [key, [...value].sort()];
    if (key === 'message' && typeof value === 'string') return [key, withoutSource(value)];
    return [key, withoutFirefoxChance(value)];
  });
  return Object.fromEntries(entries);
};

/** A property with its descriptor. */
const isNamed = (item: unknown): item is [string, object] =>
  Array.isArray(item) && item.length === 2 && typeof item[0] === 'string' && Object(item[1]) === item[1];

const withoutSource = (message: string): string =>
  message
    .replace(/^.* is not iterable$/s, '… is not iterable')
    .replace(/^can't convert \S+ to/, "can't convert … to");
