import { createApi } from './api.js';
import { createContext } from './trace/context.js';
import { createTracer, type Surroundings } from './trace/tracer.js';
import type { Agent, Page } from './types.js';
import { createClock } from './util/clock.js';
import { createIds } from './util/ids.js';

/** An agent that does nothing and breaks nothing: on a server, or after a mistake in the configuration. */
export const inertAgent = (): Agent => {
  const nothing = () => undefined;
  const page: Page = { endings: new Set(), drafts: new Set(), turns: 0 };
  const host: Pick<Surroundings, 'clock' | 'id' | 'page' | 'isSampled'> = {
    clock: createClock(),
    id: createIds(),
    page,
    isSampled: () => false,
  };
  // A span that does not record asks for nothing else.
  const tracer = createTracer(createContext(), host as Surroundings);
  return createApi(tracer, {}, page, {
    session: nothing,
    setBaggage: nothing,
    recordException: nothing,
    log: nothing,
    stats: () => ({ recorded: 0, sent: 0, waiting: 0, stored: 0, dropped: {}, limited: 0 }),
    flush: async () => {},
    setConsent: nothing,
    stop: nothing,
  });
};
