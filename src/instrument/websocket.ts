import type { Instrumentation } from '../types.js';
import { type Judge, traceConnections } from './connection.js';

/** A client span for each WebSocket, with the number and size of its messages and how it was closed. */
export const traceWebSocket = (): Instrumentation => ({
  name: 'websocket',
  start: (context) => traceConnections(context, 'websocket', 'WebSocket', judge),
});

const judge: Judge = (told, event) => {
  const { type, code = 1006 } = event ?? {};
  if (!event) told['rootspan.aborted'] = true;
  // After `error` comes `close`; so it does after the page's own call, which before `open` would look like a failure.
  if (type === 'error' || (!event && told['rootspan.connection.opened'])) return false;
  told['rootspan.connection.close_code'] = code;
  // 1000 and 1001 are the usual ends, 1005 is one without a code; those from 3000 on are the application's.
  if (code < 1002 || code === 1005 || code > 2999) told['rootspan.aborted'] = undefined;
  else if (!told['rootspan.aborted']) told['error.type'] = `${code}`;
  return true;
};
