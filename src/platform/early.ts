import { attempt } from '../util/guard.js';

/** A request that the snippet has seen; its times are those of `performance.now()`. */
export type EarlyRequest = [
  /** How its header was set, which tells `fetch` from XMLHttpRequest. */
  setter: 'set' | 'setRequestHeader',
  method: string,
  url: string,
  spanId: string,
  startTime: number,
  /** These two are pushed when it ends. */
  endTime?: number,
  /** A status, the name of an error, the type of the event that ended it, or true when its signal did. */
  outcome?: number | string | true,
];

/** What the snippet `early.ts` hands over; empty once it is taken. */
export type Early = [
  /** Put the page's functions back. */
  undo: (() => void)[],
  traceId: string,
  /** Of the page load's span. The draw of a session that begins is made of it. */
  spanId: string,
  /** Requests, errors, and the calls of `rootspan`. */
  queue: (EarlyRequest | Event | unknown[])[],
  /** Listens to the errors of the window. */
  keep: (event: Event) => void,
];

/** More is not kept, as the agent may never come. A queue that has so many is closed. */
export const MAX = 300;

/** What the snippet has left. An element of this name would be found here too, or another site's frame, which throws. */
export const readEarly = (): Partial<Early> => {
  const early = attempt(() => (globalThis as { rootspan?: { early?: Partial<Early> } }).rootspan?.early);
  return Array.isArray(early) ? early : [];
};
