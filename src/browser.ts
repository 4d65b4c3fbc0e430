import { start } from './index.js';
import type { Agent, Config } from './types.js';

type Call = [method: string, ...args: unknown[]];
type Global = ((...call: Call) => unknown) & { q?: ArrayLike<unknown>[] };

const NUMBERS = ['sampleRate', 'flushInterval'];
const LISTS = ['propagateTo', 'neverPropagateTo', 'ignoreUrls'];

const readOption = (key: string, text: string): unknown => {
  if (NUMBERS.includes(key)) return text.trim() === '' ? text : Number(text);
  if (LISTS.includes(key)) return text.split(/[\s,]+/).filter(Boolean);
  return key === 'debug' ? text !== 'false' : text;
};

/** The options in the `data-*` attributes of the script's own tag; undefined if it has none. */
const readTag = (): Config | undefined => {
  const data = Object.entries({ ...(document.currentScript as HTMLElement | null)?.dataset });
  // Checked by start(), which names what is wrong.
  return data.length
    ? Object.fromEntries(data.map(([key, text]) => [key, readOption(key, text ?? '')]))
    : undefined;
};

let agent: Agent | undefined;
const waiting: Call[] = [];

const call = (...[method, ...args]: Call): unknown => {
  if (method === 'start') {
    agent = start(args[0] as Config);
    for (const early of waiting.splice(0)) call(...early);
    return agent;
  }
  if (!agent) {
    waiting.push([method, ...args]);
    return undefined;
  }
  const fn = Object.getOwnPropertyDescriptor(agent, method)?.value;
  return typeof fn === 'function' ? fn(...args) : undefined;
};

// An element with this id would be found here too: only a real queue counts.
const before = (window as { rootspan?: Global }).rootspan;
const queue = typeof before === 'function' && Array.isArray(before.q) ? before.q : [];

Object.assign(window, { rootspan: call });
const options = readTag();
if (options) call('start', options);
for (const early of queue) call(...(Array.from(early) as Call));
