import { listen, listenHidden } from '../platform/lifecycle.js';
import { observe } from '../platform/observe.js';
import type { Attributes, InstrumentationContext, Stop } from '../types.js';
import { stopAll } from '../util/stop.js';

/** The longest wait for the end of a body that the page reads, such as a stream, in milliseconds. */
const READ_MS = 60_000;
/** The wait for the entry of a body that nobody reads yet: browsers report it when it is read, or never. */
const UNREAD_MS = 1000;

/** A request whose span has not ended. */
interface Pending {
  url: string;
  /** On the performance timeline. */
  start: number;
  entry?: PerformanceResourceTiming;
  /** There once the response's headers are: only the entry is missing. */
  stop?: Stop;
  done(): void;
}

type Done = (entry?: PerformanceResourceTiming) => void;

// One agent runs in a page, and the browser has one timeline.
const pending = new Set<Pending>();
const claimed = new WeakSet<PerformanceEntry>();
const connections = new Set<string>();
/** So many URLs of connections are known at once. */
const MOST_CONNECTIONS = 50;
let isWatching = false;

/** Whether the entry is that of a request that has a span. */
export const isClaimed = (entry: PerformanceEntry): boolean => claimed.has(entry);

/** Whether the entry is that of an EventSource that has a span. */
export const isConnection = ({ initiatorType, name }: PerformanceResourceTiming): boolean =>
  /^(other|eventsource)$/.test(initiatorType) && connections.has(name);

/** An EventSource has one span, and an entry each time that it is opened. */
export const claimConnection = (url: string): void => {
  if (connections.size === MOST_CONNECTIONS) connections.clear();
  connections.add(url.replace(/#.*/, ''));
};

/**
 * Waits for the Resource Timing entry of a request that began at `start` on the performance timeline, and holds the page view open. The returned function
 * is called when its outcome is known, and `done` when the entry has come too or will not. `isReading` tells whether
 * the page reads a body.
 */
export const startTiming = (
  { after, page }: InstrumentationContext,
  url: URL,
  start: number,
  done: Done,
): ((isAnswered: boolean, isReading?: () => unknown) => void) => {
  const release = page.hold?.();
  const request: Pending = {
    url: url.href,
    start,
    done: () => {
      request.stop?.();
      pending.delete(request);
      done(request.entry);
      release?.();
    },
  };
  pending.add(request);
  return (isAnswered, isReading) => {
    if (request.entry || !isAnswered || !isWatching || isPreloaded(url.href)) return request.done();
    // In a task of its own, when the page has had its turn.
    request.stop = after(0, () => {
      const isRead = isReading?.();
      if (!isRead) release?.();
      request.stop = after(isRead ? READ_MS : UNREAD_MS, request.done);
    });
  };
};

/** A response that `<link rel="preload">` has fetched has no second entry. */
const isPreloaded = (url: string): boolean =>
  performance
    .getEntriesByName(url)
    .some((entry) => (entry as PerformanceResourceTiming).initiatorType === 'link'); // undefined for other types

/** Gives the entries of requests to those who wait for them, until the returned function is called. */
export const watchTiming = ({ guard }: InstrumentationContext): Stop => {
  if (isWatching) return () => {};
  const observation = observe<PerformanceResourceTiming>('resource', guard(claim));
  isWatching = !!observation.flush;
  const finishAll = guard((isLeft: boolean) => {
    observation.flush?.();
    for (const request of pending) if (isLeft || request.stop) request.done();
  });
  const stop = stopAll([
    observation,
    listenHidden(() => finishAll(false)),
    // What is still under way ends with the page.
    listen(window, 'pagehide', () => finishAll(true)),
  ]);
  return () => {
    isWatching = false;
    finishAll(false);
    stop();
  };
};

/**
 * An entry has no id. It belongs to the request of its URL that began last before it, and of those that began in the
 * same tick of the clock, to one that has its answer.
 */
const claim = (entries: PerformanceResourceTiming[]): void => {
  for (const entry of entries) {
    if (!/^(fetch|xml)/.test(entry.initiatorType)) continue;
    let best: Pending | undefined;
    for (const request of pending) {
      const { url, start } = request;
      if (request.entry || url !== entry.name || start > entry.startTime) continue;
      if (!best || start > best.start || request.stop) best = request;
    }
    if (!best) continue;
    claimed.add(entry);
    best.entry = entry;
    if (best.stop) best.done();
  }
};

/** Name, beginning and end. A connection that is reused has no phases of its own. */
const SPANS = [
  'redirect redirectStart redirectEnd',
  'worker workerStart fetchStart',
  'dns domainLookupStart domainLookupEnd',
  'connect connectStart connectEnd',
  'tls secureConnectionStart connectEnd',
  // Six connections to a host were busy: before a new one is opened, or an old one is free.
  'blocked connectEnd requestStart',
  'blocked fetchStart domainLookupStart',
  'wait requestStart responseStart',
  'receive responseStart responseEnd',
];

/** What an entry tells besides its times. Another origin tells next to nothing without `Timing-Allow-Origin`. */
export const describeTiming = (entry: PerformanceResourceTiming): Attributes => {
  const { decodedBodySize, encodedBodySize, nextHopProtocol, serverTiming = [], transferSize } = entry;
  const attributes: Attributes = {
    // `h2`, `h3` or `http/1.1`
    'network.protocol.version': /[\d.]+$/.exec(nextHopProtocol)?.[0],
    'http.response.body.size': encodedBodySize || undefined,
    // 300: the specification's mark for a copy that the server has confirmed.
    'rootspan.cache':
      decodedBodySize && !entry.workerStart ? { 0: 'hit', 300: 'validated' }[transferSize] : undefined,
  };
  const times = entry as unknown as Record<string, number>; // the times of it by name
  for (const [name, from, to] of SPANS.map((span) => span.split(' '))) {
    const [start = 0, end = 0] = [times[from as string], times[to as string]];
    // 0: not reached, or hidden from us.
    if (start && end > start) attributes[`rootspan.phase.${name}_ms`] = end - start;
  }
  for (const { name, duration, description } of serverTiming) {
    // Or too long for the name of an attribute.
    if (/^trace(parent)?$|.{101}/i.test(name)) continue;
    if (duration) attributes[`rootspan.server_timing.${name}_ms`] = duration;
    if (description) attributes[`rootspan.server_timing.${name}`] = description;
  }
  return attributes;
};
