import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_WAIT_MS = 30_000;
const POLL_MS = 200;

/** Asks the embedded collector what has arrived. Without one (`viewerUrl` undefined) nothing can be asked. */
export const createStored = (viewerUrl) => {
  const read = async (path) => {
    const response = await fetch(`${viewerUrl}/api/${path}`);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path} of the collector answered ${response.status}`);
    return response.json();
  };

  /** The spans of a trace, as soon as every one of `services` has sent some of them. */
  const spansOf = async (traceId, services) => {
    if (!viewerUrl) return [];
    const giveUp = performance.now() + LONGEST_WAIT_MS;
    for (;;) {
      const spans = (await read(`traces/${traceId}`))?.spans ?? [];
      const missing = services.filter((name) => !spans.some(({ service }) => service === name));
      if (missing.length === 0) return spans;
      if (performance.now() > giveUp) {
        throw new Error(`trace ${traceId} has ${spans.length} spans, but none of ${missing.join(', ')}`);
      }
      await sleep(POLL_MS);
    }
  };

  return {
    isAvailable: viewerUrl !== undefined,
    link: (traceId) => viewerUrl && `${viewerUrl}/traces/${traceId}`,
    spansOf,
    session: (sessionId) => read(`sessions/${sessionId}`),
  };
};
