import { ownerOf, readNative } from '../platform/patch.js';
import type { Instrumentation } from '../types.js';
import { type Judge, traceConnections } from './connection.js';

/** A client span for each EventSource, with the number and size of its unnamed messages and how often it was opened. */
export const traceEventSource = (): Instrumentation => ({
  name: 'event-source',
  start: (context) => traceConnections(context, 'event-source', 'EventSource', judge),
});

const judge: Judge = (told, event) => {
  const isOpen = told['rootspan.connection.opened'] && !told['error.type'];
  // 0: it tries again. 1: a message that the server has named `error` or `close`. 2: it is over.
  const source = event?.target as EventSource | undefined; // whose class may have gone from the window
  const state = source && readNative(ownerOf(source, 'OPEN'), 'readyState', source);
  if (state === 1) return false;
  // What is lost is first tried again: it is over at once only where the browser itself ends it, to leave the page.
  if (event ? state && isOpen : !told['rootspan.connection.opened']) told['rootspan.aborted'] = true;
  else told['error.type'] = event && 'NetworkError';
  return state !== 0;
};
