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

// What a client does not take would pile up here. It is let go instead: a browser comes again, and then asks for all.
const createWrite = (stream, letGo) => {
  let isTaken = true;
  return async (text) => {
    if (!isTaken) return letGo();
    isTaken = false;
    await stream.write(text);
    isTaken = true;
  };
};

const writeUntilClosed = (stream, live) =>
  new Promise((resolve) => {
    const close = () => {
      clearInterval(heartbeat);
      unsubscribe();
      resolve();
    };
    const write = createWrite(stream, close);
    const heartbeat = setInterval(() => write(': heartbeat\n\n'), HEARTBEAT_MS);
    const unsubscribe = live.subscribe({ send: (data) => write(`event: traces\ndata: ${data}\n\n`), close });
    stream.onAbort(close);
  });

/** Server-Sent Events: `traces` with the ids that changed, and a comment now and then to keep proxies awake. */
export const streamLive = (context, live) =>
  streamSSE(context, async (stream) => {
    await stream.write(': connected\n\n');
    await writeUntilClosed(stream, live);
  });
