import { listen, listenHidden } from '../platform/lifecycle.js';
import { ownerOf, patch, readNative } from '../platform/patch.js';
import type { Attributes, InstrumentationContext, Span, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';
import { bodySize } from './body-size.js';
import { startClient } from './http.js';
import { claimConnection } from './timing.js';

/**
 * Runs on `error` and `close`, and without an event when the page has called `close`. It writes into `told`, the
 * attributes of the span, and answers whether the connection is over.
 */
export type Judge = (told: Attributes, event?: CloseEvent) => boolean;

/** What is known of one connection. */
interface Watch {
  /** Takes an event, or a call of the page's. */
  tell(what: string, event?: MessageEvent & CloseEvent, size?: number): void;
  /** Ends the span, and with another reason than `hidden` all that is known. */
  end(reason?: string): void;
}

/** What is counted. */
const SUMS: Record<string, string> = { open: 'opened', message: 'received', send: 'sent' };

/**
 * A client span for each object of the class `type`, from its construction until it is over. A page that is hidden may
 * never be back, so the span ends there too; what comes later is told by a further one, below the first.
 */
export const traceConnections = (
  context: InstrumentationContext,
  scope: string,
  type: 'WebSocket' | 'EventSource',
  judge: Judge,
): Stop => {
  // A browser may lack the class.
  const prototype = ownerOf(window[type]?.prototype, 'OPEN');
  const watches = new Map<unknown, Watch>();
  const leave = (reason = 'hidden'): void => {
    for (const { end } of watches.values()) end(reason);
  };
  return stopAll([
    () => leave('stopped'),
    listenHidden(leave),
    listen(window, 'pagehide', () => leave()),
    patch(window, type, (construct) => {
      const socket = construct() as EventTarget; // an object of the class, or of one that extends it
      const url = readNative(prototype, 'url', socket);
      // Something of the page's.
      if (url === undefined) return socket;
      if (type === 'EventSource') claimConnection(url);
      const begin = () => startClient(context, scope, type, url)?.span;
      watch(context, socket, begin, judge, watches);
      return socket;
    }),
    patch(prototype, 'close', (close, self) => {
      const result = close();
      watches.get(self)?.tell('');
      return result;
    }),
    // An EventSource has none.
    patch(prototype, 'send', (send, self) => {
      // Within a task it only grows, by the bytes of what is sent, whatever that is.
      const queued = () => Number(readNative(prototype as WebSocket, 'bufferedAmount', self));
      const before = queued();
      const result = send();
      watches.get(self)?.tell('send', undefined, queued() - before);
      return result;
    }),
  ]);
};

const watch = (
  { guard, tracer }: InstrumentationContext,
  socket: EventTarget,
  begin: () => Span | undefined,
  judge: Judge,
  watches: Map<unknown, Watch>,
): void => {
  const first = begin();
  if (!first?.isRecording()) return;
  let span: Span | undefined = first;
  const told: Attributes = {};
  const add = (sum: string, amount = 0): void => {
    told[sum] = Number(told[sum] ?? 0) + amount;
  };
  const end: Watch['end'] = (reason) => {
    if (told['error.type']) span?.setStatus({ code: 2 });
    span?.setAttributes({ ...told, 'rootspan.end_reason': reason }).end();
    span = undefined;
    if (reason === 'hidden') return;
    stop();
    watches.delete(socket);
  };
  const tell: Watch['tell'] = guard((what, event, size = bodySize(event?.data)) => {
    span ??= tracer.with(first, begin);
    const sum = `rootspan.connection.${SUMS[what]}`;
    if (SUMS[what]) {
      add(sum, 1);
      if (what === 'open') {
        told['error.type'] = undefined;
        span?.addEvent('open');
      } else add(`${sum}_size`, size);
    } else if (judge(told, event)) end();
  });
  const stop = listen(socket, 'open message error close', (event: MessageEvent & CloseEvent) =>
    tell(event.type, event),
  );
  watches.set(socket, { tell, end });
};
