import { createApi } from '../../../src/api.js';
import type { Attributes, Page, Span } from '../../../src/types.js';
import { makeTracer } from './make-tracer.js';

/** The agent as applications have it, on a page of the test's own; `recorded` are the errors and where they belong. */
export const makeApi = (part: Partial<Page> = {}) => {
  const page: Page = { endings: new Set(), drafts: new Set(), turns: 0, ...part };
  const shared: Attributes = {};
  const { tracer, ended } = makeTracer({ attributes: () => shared });
  const recorded: [unknown, Span | undefined][] = [];
  const agent = createApi(tracer, shared, page, {
    session: () => undefined,
    recordException: (error) => void recorded.push([error, tracer.active()]),
    log: () => {},
    setBaggage: () => {},
    stats: () => ({ recorded: 0, sent: 0, waiting: 0, stored: 0, dropped: {}, limited: 0 }),
    flush: async () => {},
    setConsent: () => {},
    stop: () => {},
  });
  return { agent, ended, recorded };
};
