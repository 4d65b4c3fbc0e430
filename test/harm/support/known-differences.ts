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

/**
 * What cannot be otherwise, by the name of a case: what the page sees with the agent, made from what it sees without.
 * Anything that is not here word for word is a fault.
 */
const KNOWN: Record<string, { reason: string; change: Change }> = {
  'names of the window': { reason: 'the script tag’s own function', change: withName('rootspan') },
  'names that can be listed': { reason: 'the script tag’s own function', change: withName('rootspan') },
  'what for-in gives': { reason: 'the script tag’s own function', change: withName('rootspan') },
  'symbols of the window': {
    reason: 'where a second copy of the agent finds the first; hidden from for-in and Object.keys',
    change: withName('Symbol(rootspan)'),
  },
  'local storage': { reason: 'the session', change: withName('rootspan.session') },
  'exact text of the function': {
    reason: 'a Proxy prints no name; replacing Function.prototype.toString to hide that would be worse',
    change: (plain) => ({
      ...plain,
      value: ['function () { [native code] }', 'function () { [native code] }'],
    }),
  },
  'steps: wrong method': { reason: FOLLOWS, change: oneStepLater },
  'steps: wrong header': { reason: FOLLOWS, change: oneStepLater },
  'prepareStackTrace of the page': {
    reason: 'V8 formats a stack when it is first read, and an uncaught error’s stack is what is reported',
    change: (plain) => ({ ...plain, log: ['prepared of the page', ...plain.log] }),
  },
};

/** What a page with the agent is expected to see in this case. */
export const knownDifference = (name: string, plain: Observation | undefined): Observation | undefined =>
  plain && (KNOWN[name]?.change(plain) ?? plain);
