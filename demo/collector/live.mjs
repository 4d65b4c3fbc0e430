import { streamSSE } from 'hono/streaming';

const DEBOUNCE_MS = 300;
const HEARTBEAT_MS = 15_000;

/** Tells listeners which traces changed; several commits within 300 ms become one event. */
export const createLive = () => {
  const listeners = new Set();
  let changed = new Set();
  let timer;

  const publish = () => {
    const data = JSON.stringify({ traceIds: [...changed] });
    changed = new Set();
    timer = undefined;
    for (const listener of listeners) listener.send(data);
  };

  return {
    add: ({ traces, logs }) => {
      for (const { traceId } of [...traces, ...logs]) if (traceId) changed.add(traceId);
      if (changed.size > 0) timer ??= setTimeout(publish, DEBOUNCE_MS);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.close();
    },
  };
};

/** Server-Sent Events: `traces` with the ids that changed, and a comment now and then to keep proxies awake. */
export const streamLive = (context, live) =>
  streamSSE(context, async (stream) => {
    await stream.write(': connected\n\n');
    const heartbeat = setInterval(() => stream.write(': heartbeat\n\n'), HEARTBEAT_MS);
    await new Promise((resolve) => {
      const unsubscribe = live.subscribe({
        send: (data) => stream.writeSSE({ event: 'traces', data }),
        close: resolve,
      });
      stream.onAbort(() => {
        unsubscribe();
        resolve();
      });
    });
    clearInterval(heartbeat);
  });
