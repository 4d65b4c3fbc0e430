import { createContext } from './trace/context.js';
import { createTracer } from './trace/tracer.js';
import type { Agent, Attributes, Page, Session, Span, SpanOptions, Stats, Tracer } from './types.js';
import { noLimits } from './util/attributes.js';
import { createClock } from './util/clock.js';
import { createIds } from './util/ids.js';

/** What the public methods stand on. */
export interface Parts {
  readonly tracer: Tracer;
  /** Attributes of every later span. */
  readonly shared: Attributes;
  page?: Page;
  session?(): Session;
  recordException(error: unknown): void;
  stats(): Stats;
  flush(): Promise<void>;
  stop(): void;
}

/** The agent as the application sees it. */
export const createApi = (parts: Parts): Agent => {
  const { tracer, shared, page } = parts;
  return {
    startSpan: tracer.startSpan,
    active: tracer.active,
    with: tracer.with,
    span: <T>(name: string, first: SpanOptions | ((span: Span) => T), second?: (span: Span) => T): T =>
      typeof first === 'function'
        ? runInSpan(parts, tracer.startSpan(name), first)
        : // the overloads say that a function follows the options
          runInSpan(parts, tracer.startSpan(name, first), second as (span: Span) => T),
    recordException: parts.recordException,
    setUser: (user) => {
      shared['user.id'] = user?.id;
    },
    setAttributes: (attributes) => {
      Object.assign(shared, attributes);
    },
    setRoute: (route) => page?.setRoute(`${route}`),
    session: () => parts.session?.(),
    traceparent: () => {
      const context = tracer.active()?.spanContext() ?? page?.current()?.context;
      return context && `00-${context.traceId}-${context.spanId}-0${context.traceFlags & 1}`;
    },
    stats: parts.stats,
    flush: parts.flush,
    stop: parts.stop,
  };
};

const runInSpan = <T>({ tracer, recordException }: Parts, span: Span, fn: (span: Span) => T): T => {
  const fail = (error: unknown): never => {
    tracer.with(span, () => recordException(error));
    span.end();
    throw error;
  };
  let result: T;
  try {
    result = tracer.with(span, () => fn(span));
  } catch (error) {
    return fail(error);
  }
  if (!isThenable(result)) {
    span.end();
    return result;
  }
  const settled = result.then((value) => {
    span.end();
    return value;
  }, fail);
  return settled as T; // a promise of what the function's own promise gives
};

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | undefined)?.then === 'function';

/** An agent that does nothing and breaks nothing: on a server, or after a mistake in the configuration. */
export const inertAgent = (): Agent => {
  const nothing = () => {};
  const limited = noLimits();
  const tracer = createTracer({
    context: createContext(),
    clock: createClock(),
    id: createIds(),
    limited,
    ambient: () => ({}),
    isSampled: () => false,
    attributes: () => ({}),
    onEnd: nothing,
  });
  return createApi({
    tracer,
    shared: {},
    recordException: nothing,
    stats: () => ({ recorded: 0, sent: 0, waiting: 0, dropped: {}, limited }),
    flush: async () => {},
    stop: nothing,
  });
};
