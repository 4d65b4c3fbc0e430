import type {
  Agent,
  Attributes,
  Consent,
  Log,
  Page,
  Session,
  Span,
  SpanOptions,
  Stats,
  Tracer,
} from './types.js';

/** What the public methods stand on. */
export interface Parts {
  session(): Session | undefined;
  recordException(error: unknown): void;
  setBaggage: Agent['setBaggage'];
  log: Log;
  stats(): Stats;
  flush(): Promise<void>;
  setConsent(consent: Consent): void;
  stop(): void;
}

/** The agent as the application sees it; `shared` are the attributes of every later span. */
export const createApi = (tracer: Tracer, shared: Attributes, page: Page, parts: Parts): Agent => ({
  ...tracer,
  ...parts,
  span: <T>(name: string, first: SpanOptions | ((span: Span) => T), second?: (span: Span) => T): T => {
    // The overloads say that the function is last.
    const span = tracer.startSpan(name, second && (first as SpanOptions));
    const fn = second ?? (first as (span: Span) => T);
    const end = <V>(value: V): V => {
      span.end();
      return value;
    };
    const fail = (error: unknown): never => {
      tracer.with(span, () => parts.recordException(error));
      throw end(error);
    };
    try {
      const result: unknown = tracer.with(span, () => fn(span));
      const isPromise = typeof (result as PromiseLike<T> | undefined)?.then === 'function';
      // A promise of what the function's own promise gives.
      return (isPromise ? (result as PromiseLike<T>).then(end, fail) : end(result)) as T;
    } catch (error) {
      return fail(error);
    }
  },
  setUser: (user) => {
    shared['user.id'] = user?.id;
  },
  setAttributes: (attributes) => {
    Object.assign(shared, attributes);
  },
  setRoute: (route) => page.setRoute?.(String(route)),
  traceparent: () => {
    const { traceId, spanId, traceFlags } = tracer.active()?.spanContext() ?? page.current?.context ?? {};
    return traceId && `00-${traceId}-${spanId}-0${traceFlags}`;
  },
});
