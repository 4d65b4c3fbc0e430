import { readNative } from '../platform/patch.js';
import type { Instrumentation } from '../types.js';
import { type Judge, traceConnections } from './connection.js';

/** A client span for each EventSource, with the number and size of its unnamed messages and how often it was opened. */
export const traceEventSource = (): Instrumentation => ({
  name: 'event-source',
  start: (context) => traceConnections(context, 'event-source', 'EventSource', judge),
});

const judge: Judge = (told, event) => {
  // A server may name its messages `error` and `close`: then the connection is open. Else it tries again, or is over.
  const isOver = !event || readNative(EventSource.prototype, 'readyState', event.target) === 2;
  if (!event) told['rootspan.aborted'] = !told['rootspan.connection.opened'] || undefined;
  else if (isOver) told['error.type'] = 'NetworkError';
  return isOver;
};
