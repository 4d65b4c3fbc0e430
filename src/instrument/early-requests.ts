import { type EarlyRequest, MAX, readEarly } from '../platform/early.js';
import { listen } from '../platform/lifecycle.js';
import type { Instrumentation, InstrumentationContext } from '../types.js';
import { readError } from './error-event.js';
import { startRequest } from './http.js';
import { watchTiming } from './timing.js';

/**
 * Takes over from the inline snippet `early.js`: requests and errors from before the agent become spans with their own
 * times, and the ids that the servers have seen. It comes before what wraps the same functions.
 */
export const takeEarly = (): Instrumentation => ({
  name: 'early',
  start: (context) => {
    const early = readEarly();
    const [undo = [], traceId, , queue = [], keep] = early;
    for (const each of undo) context.guard(each)();
    // What listens already is not added again, but removed.
    listen(window, 'error unhandledrejection', keep as never)();
    const stop = watchTiming(context);
    const items = queue.splice(0);
    // Nothing more is kept, and a second start finds nothing.
    queue[MAX - 1] = [];
    early.length = 0;
    for (const item of items) {
      const { type, timeStamp } = item as Event;
      if (Array.isArray(item))
        takeRequest(context, traceId, item as EarlyRequest); // or a call
      else if (type) context.recordException(readError(item as never), context.clock.at(timeStamp));
    }
    return stop;
  },
});

const takeRequest = (
  context: InstrumentationContext,
  traceId: string | undefined,
  record: EarlyRequest,
): void => {
  const [setter, method, url, spanId, startTime, endTime, outcome] = record;
  // Calls are for the script tag.
  if (!/^set(RequestHeader)?$/.test(setter)) return;
  const { clock, guard, page } = context;
  const request = startRequest(context, setter === 'set' ? 'fetch' : 'xhr', url, {
    ids: { traceId, spanId },
    parent: page.current?.context ?? null,
    startTime: clock.at(startTime),
  });
  request?.describe(method);
  const end = guard((time: number, ending: EarlyRequest[6]) => {
    const error = ending === 'error' ? 'NetworkError' : ending;
    request?.end(error === 'abort' || error === true ? undefined : error, '', undefined, clock.at(time));
  });
  if (endTime) end(endTime, outcome);
  // It pushes these two when it ends.
  else Object.assign(record, { push: end });
};
