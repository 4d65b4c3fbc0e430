import type { Moment, PageView, Span } from './types.js';

/** A span for tests; what a test is not about has a plain value. */
export const spanOf = (
  spanId: string,
  parentSpanId: string | null,
  start: number,
  end: number,
  more: Partial<Span> = {},
): Span => ({
  traceId: 'trace',
  spanId,
  parentSpanId,
  name: spanId,
  kind: 1,
  service: 'shop-web',
  scope: null,
  startTime: start,
  endTime: end,
  durationMs: end - start,
  status: { code: 0, message: null },
  attributes: {},
  resource: {},
  events: [],
  links: [],
  linkedFrom: [],
  dropped: { attributes: 0, events: 0, links: 0 },
  ...more,
});

/** A page view for tests, in the same way. */
export const pageViewOf = (more: Partial<PageView> = {}): PageView => ({
  id: 'view',
  traceId: 'trace',
  spanId: 'span',
  type: 'load',
  name: 'page_load /',
  route: null,
  url: null,
  startTime: 0,
  durationMs: 100,
  endReason: 'quiet',
  vitals: {},
  vitalTimes: {},
  cause: null,
  previousSpanId: null,
  requests: 0,
  errors: 0,
  ...more,
});

/** A trace of `count` spans in random nesting, the same for the same seed. */
export const largeTrace = (count: number, seed = 1): Span[] => {
  const random = randomFrom(seed);
  const spans = [spanOf('0', null, 0, 10_000)];
  while (spans.length < count) {
    const parent = spans[Math.floor(random() * spans.length)];
    if (!parent) break;
    const start = parent.startTime + random() * parent.durationMs * 0.9;
    const end = start + random() * parent.durationMs * 0.6;
    spans.push(
      spanOf(String(spans.length), parent.spanId, start, end, { service: `service-${spans.length % 6}` }),
    );
  }
  return spans;
};

/** Park and Miller's generator. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** A moment for tests: a click, unless said otherwise. */
export const momentOf = (more: Partial<Moment>): Moment => ({
  kind: 'interaction',
  name: 'click Pay',
  traceId: 't',
  spanId: 's',
  pageViewId: 'v',
  time: 0,
  durationMs: 0,
  failed: false,
  marks: [],
  count: 1,
  detail: {},
  scripts: [],
  ledTo: [],
  ...more,
});
