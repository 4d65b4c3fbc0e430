import { runningAgent } from './agent.js';
import { isOption } from './config.js';
import { readEarly } from './platform/early.js';
import { mark } from './platform/patch.js';
import type { Agent, Config } from './types.js';
import { attempt } from './util/guard.js';
import { ofDocument } from './util/own.js';

type Call = [method: string, ...args: unknown[]];

/** More calls than this nobody makes before `start`. */
const MAX_WAITING = 100;

/** The words of a list in a text. */
export const wordsOf = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

const readOption = (key: string, text = ''): unknown => {
  if (/Rate$|Interval$|Minute$/.test(key)) return text && Number(text);
  if (/To$|Urls$/.test(key)) return wordsOf(text);
  return /^(debug|logs|offline|parentBased|respectGpc|xrayTraceIds)$/.test(key) ? text !== 'false' : text;
};

/** The options in the `data-*` attributes of the script's own tag; others may have put theirs there too. */
const readTag = (): Config =>
  Object.fromEntries(
    // It may be of SVG, and is null in a module. Past an element of that name, whose data-* are not the site's.
    Object.entries({ ...ofDocument('currentScript')?.dataset } as DOMStringMap)
      .filter(([key]) => isOption(key))
      .map(([key, text]) => [key, readOption(key, text)]),
  );

/** Defines `window.rootspan(method, …)`: every method of the agent, and `start`, which returns it. */
export const defineGlobal = (start: (config: Config) => Agent): void => {
  let agent = runningAgent();
  const waiting: Call[] = [];
  const call = (...[method, ...args]: Call): unknown => {
    if (method === 'start') {
      agent = start(args[0] as Config); // checked by start
      for (const early of waiting.splice(0)) call(...early);
      return agent;
    }
    const fn = agent && Object.getOwnPropertyDescriptor(agent, method)?.value;
    if (!agent && waiting.length < MAX_WAITING) waiting.push([method, ...args]);
    return typeof fn === 'function' ? fn(...args) : undefined;
  };
  // An element of this name would be found here too, or another site's frame, which throws: only a real queue counts.
  const q = attempt(() => (window as { rootspan?: { q?: ArrayLike<unknown>[] } }).rootspan?.q);
  // A copy: the queue of the snippet is closed as the agent starts.
  const calls = Array.isArray(q) ? [...q] : [];
  // The instrumentations find there what the snippet has left.
  mark(window, 'rootspan', Object.assign(call, { early: readEarly() }));
  const options = readTag();
  if (Object.keys(options).length) call('start', options);
  for (const early of calls) call(...(Array.from(early) as Call)); // a queue of arguments
};
