/** A value an attribute can hold (OpenTelemetry common specification, "Attribute"). */
export type AttributeValue = string | number | boolean | string[] | number[] | boolean[];
/** Attribute names to values; `undefined` is skipped. */
export type Attributes = Record<string, AttributeValue | undefined>;
/** Milliseconds since 1970 with a fraction; a double keeps 0.25 µs at today's dates. */
export type EpochMs = number;
/** Undoes what the function that returned it has begun. Calling it twice is harmless. */
export type Stop = () => void;

/** The part of a span that travels: W3C Trace Context ids and flags. */
export interface SpanContext {
  /** 32 lower-case hex digits, never all zero. */
  traceId: string;
  /** 16 lower-case hex digits, never all zero. */
  spanId: string;
  /** W3C trace flags; bit 0 is "sampled". */
  traceFlags: number;
  /** The `tracestate` header as a string. */
  traceState?: string | undefined;
  /** True when the context came from another process. */
  isRemote?: boolean | undefined;
  /** B3 and Jaeger know a decision that is stronger than sampled. */
  debug?: boolean | undefined;
}

/** Something that happened during a span. */
export interface SpanEvent {
  name: string;
  time: EpochMs;
  attributes?: Attributes | undefined;
}

/** A pointer to a span of another trace, or elsewhere in this one. */
export interface SpanLink {
  context: SpanContext;
  attributes?: Attributes | undefined;
}

/** What leaves the tracer: plain data, all fields present from birth, final after `end()`. */
export interface SpanRecord {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  /** True when the parent is a span of the server. */
  parentIsRemote: boolean;
  traceFlags: number;
  traceState: string | undefined;
  name: string;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer. */
  kind: 0 | 1 | 2 | 3 | 4;
  /** The instrumentation that made the span, such as `fetch`. */
  scope: string;
  startTime: EpochMs;
  /** 0 while the span is running. */
  endTime: EpochMs;
  attributes: Attributes;
  events: SpanEvent[] | undefined;
  links: SpanLink[] | undefined;
  /** 0 unset, 1 ok, 2 error. */
  status: 0 | 1 | 2;
  statusMessage: string | undefined;
  droppedAttributes: number;
  droppedEvents: number;
  droppedLinks: number;
}

/** Shaped like the Span of `@opentelemetry/api`, without importing it. Every method is safe after `end()`. */
export interface Span {
  /** The ids and flags of the span. */
  spanContext(): SpanContext;
  /** False in an unsampled session and after `end()`. */
  isRecording(): boolean;
  /** Sets one attribute; the 129th and later ones are dropped and counted. */
  setAttribute(key: string, value: AttributeValue): this;
  /** Sets several attributes. */
  setAttributes(attributes: Attributes): this;
  /** Adds an event, now or at `time`; at most 128. */
  addEvent(name: string, attributes?: Attributes, time?: EpochMs): this;
  /** Links another span; at most 128. */
  addLink(link: SpanLink): this;
  /** 1 ok, 2 error with an optional message. */
  setStatus(status: { code: 0 | 1 | 2; message?: string }): this;
  /** Renames the span. */
  updateName(name: string): this;
  /** Adds an `exception` event. It does not change the status. */
  recordException(error: unknown, time?: EpochMs): void;
  /** Ends the span, now or at `time`; never before its start. Only the first call counts. */
  end(time?: EpochMs): void;
}

/** How a span begins. */
export interface SpanOptions {
  /** Default 1, internal. */
  kind?: SpanRecord['kind'];
  /** The instrumentation's name. Default `custom`. */
  scope?: string;
  /** `null`: a new root, linked to the active span. Absent: the active span, else the open page view, else a new root linked to the page view. */
  parent?: SpanContext | null;
  attributes?: Attributes;
  links?: SpanLink[];
  /** Default: now. */
  startTime?: EpochMs;
  /** Ids that were minted before the agent was there. Internal. */
  ids?: { traceId?: string | undefined; spanId?: string | undefined };
  /** Called for each span that begins, and each error, while this one is active; what it returns, when that has ended. */
  onCause?: () => (time: EpochMs) => void;
}

/** Keeps the active span. */
export interface ContextManager {
  active(): Span | undefined;
  with<T>(span: Span | undefined, fn: () => T): T;
  /** The same function, in which the span is active that is active now. */
  bind<F extends (...args: never[]) => unknown>(fn: F): F;
  /**
   * Makes a span active again for the rest of the present task's microtasks, or as long as `event` is dispatched.
   * Absent where the context follows promises and events by itself.
   */
  resume?(span: Span | undefined, event?: Event): void;
  /** Makes a span active whenever an event of `target` is dispatched. */
  resumeIn?(span: Span | undefined, target: EventTarget): void;
  /** Called as the agent starts; what it returns, as the agent stops. */
  start?(): Stop | undefined;
}

/** Makes spans and knows which one is active. */
export interface Tracer extends ContextManager {
  startSpan(name: string, options?: SpanOptions): Span;
}

/** A header codec. `inject` writes nothing for an invalid context. */
export interface Propagator {
  /** The header names it may write, in lower case. Where the page has set one itself, none of them is written. */
  readonly fields: readonly string[];
  /** `baggage` has `session.id`, `user.id`, and what `setBaggage` was given. */
  inject(
    context: SpanContext,
    set: (field: string, value: string) => void,
    baggage?: Readonly<Attributes>,
  ): void;
  extract?(get: (field: string) => string | null | undefined): SpanContext | undefined;
}

/** Wall-clock time from the monotonic clock, corrected after sleep and clock jumps. */
export interface Clock {
  /** The time in epoch milliseconds of `performance.now()` 0; corrected when it has drifted from the wall clock. */
  anchor(): EpochMs;
  /** Now, or now as seen from an earlier anchor, so that one span has one anchor. */
  now(anchor?: EpochMs): EpochMs;
  /** A time of the performance timeline in epoch milliseconds. */
  at(performanceTime: number): EpochMs;
}

/** A page load, a route change, or a restore from the back/forward cache. */
export interface PageView {
  readonly id: string;
  readonly type: 'load' | 'route' | 'restore';
  readonly url: string;
  /** Low-cardinality name such as `/products/:id`. */
  readonly route: string;
  readonly startTime: EpochMs;
  /** Stays valid after the page view's span has ended. */
  readonly context: SpanContext;
}

/** Why a page view's span ended. */
export type EndReason = 'quiet' | 'hidden' | 'superseded' | 'timeout' | 'stopped';

/** The page, as the instrumentation that opens page views leaves it for the others. */
export interface Page {
  /** How often the page was left, or came back: odd while it is away. */
  turns: number;
  /** The latest page view; its context outlives its span. */
  current?: PageView | undefined;
  /** The one before. */
  previous?: PageView | undefined;
  /** The latest page view that is no route change: vitals that name no navigation of their own are its. */
  load?: PageView;
  /** Ends the page view's span; absent when none is running. */
  end?: ((reason: EndReason) => void) | undefined;
  /** Keeps the page view's span open until the returned function is called; absent when none is running. */
  hold?: (() => Stop) | undefined;
  /**
   * Run as a page view's span ends, while it can still be changed, such as to add what the page has seen. What they
   * return is run when it has ended: the root comes first where a page that is left cannot send everything.
   */
  readonly endings: Set<(span: Span, view: PageView, reason: EndReason) => unknown>;
  /** Open spans that are worth to be known of a tab that is killed. */
  readonly drafts: Set<Span & { draft?(): SpanRecord | undefined }>;
  /** Called when one of them has changed. */
  onDraft?(): void;
  /** Gives the page view another route (a redirect, or the application's own name), and another URL. */
  setRoute?(route: string, url?: string): void;
}

/** What a `routeName` function is given. */
export interface RouteTarget {
  url: URL;
  /** `page`: a page view is named. `request`: a `fetch` or `XMLHttpRequest`. `resource`: what else the page has loaded. */
  type: 'page' | 'request' | 'resource';
}

/** What a `describeRequest` function is given. */
export interface RequestTarget {
  url: URL;
  /** Only if the page has given a text: other bodies are never read. */
  body?: string | undefined;
}

/** How bad it is. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

/** Plain data, as a `SpanRecord` is. */
export interface LogRecord {
  time: EpochMs;
  level: LogLevel;
  /** For an event: its name in the conventions. */
  eventName?: string | undefined;
  body?: string | undefined;
  /** The instrumentation that made it, such as `console`. */
  scope: string;
  /** The span that was active, else the page view's. */
  context: SpanContext | undefined;
  attributes: Attributes;
  droppedAttributes: number;
}

/** Writes a log record with the trace of the active span, else of the page view. */
export type Log = (level: LogLevel, message: unknown, attributes?: Attributes, scope?: string) => void;

/** What `sendLogs` of `rootspan/core` is. What it is given is the agent's own matter. */
export type LogSignal = (parts: never) => Log;

/** What `keepUnsent` of `rootspan/core` is. What it is given is the agent's own matter. */
export type OfflineSignal = (signal: string, parts: never) => object;

/** All an instrumentation sees of the agent. */
export interface InstrumentationContext {
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly page: Page;
  readonly guard: Guard;
  readonly config: CoreConfig;
  /** Where spans are sent: never traced. */
  readonly collector: URL;
  /** Random lower-case hex digits. */
  id(digits: number): string;
  /** Calls `fn` once after `ms` milliseconds, by the browser's own timer; what it throws is caught. */
  after(ms: number, fn: () => void): Stop;
  /** What the propagator `baggage` may send. */
  baggage(): Attributes;
  /** Requests carry headers only when it is granted. */
  consent(): Consent;
  /** Records an error on the active span, else as a zero-length `exception` span of the page view; the same one once. */
  recordException(error: unknown, time?: EpochMs): void;
  /** Does nothing without the option `logs`. */
  readonly log: Log;
}

/**
 * Keeps faults of ours, and of functions the user gave us, away from the page: what the wrapped function throws is
 * caught, and undefined returned.
 */
export type Guard = <A extends unknown[], R>(fn: (...args: A) => R) => (...args: A) => R | undefined;

/** One source of spans. `start` returns its undo. */
export interface Instrumentation {
  readonly name: string;
  start(context: InstrumentationContext): Stop;
}

/** Changes an ended span, or drops it by returning nothing. */
export type Processor = (span: SpanRecord) => SpanRecord | undefined;

/** An origin, an origin with a path prefix (matched at a segment boundary), a RegExp on the full URL, or a function. */
export type UrlMatcher = string | RegExp | ((target: { url: URL }) => boolean);

/** A place that receives other headers than the rest; the first that matches counts. */
export interface Target {
  match: UrlMatcher | UrlMatcher[];
  propagators: readonly Propagator[];
}
/** What the visitor has agreed to. `pending`: kept in memory, nothing is sent, stored or written to requests. */
export type Consent = 'granted' | 'pending' | 'denied';

/** Decides for a session that begins: a rate from 0 to 1, or whether it is kept. Anything else counts as `sampleRate`. */
export interface Sampler {
  (facts: SamplerFacts): number | boolean;
  /** Of `remoteSampler`: told as the agent starts, and whenever consent changes. */
  renew?(fetch: typeof globalThis.fetch, consent: () => Consent): unknown;
}

/**
 * What `consistentSampling` of `rootspan` is: the `tracestate` of a root, or of a trace that the server began. With a
 * member `th:` the session is sampled.
 */
export type ConsistentSampling = (
  random: string,
  rate: number,
  incoming?: SpanContext,
  isFollowed?: boolean,
) => string | undefined;

/** What `promoteOn` of `rootspan` makes of rules. What `watch` is given is the agent's own matter. */
export interface Promotion {
  watch(...parts: never[]): void;
}

/** Whether an ended span of an unsampled session makes it a kept one; a text tells why, for `rootspan.promoted`. */
export type PromotionRule = (span: SpanRecord) => boolean | string | undefined;

/** What a `sampler` is given. */
export interface SamplerFacts {
  /** The option `sampleRate`. */
  sampleRate: number;
  /** A known robot, or a browser that a test drives. */
  isSynthetic: boolean;
}

/** Every option has a default; `start({})` works. */
export interface Config {
  /** OTLP/HTTP base URL, to which `/v1/traces` is appended, or a full URL that ends in `/v1/traces`. Default: the page's origin. */
  endpoint?: string;
  /** Resource attribute `service.name`. Default `unknown_service:browser`. */
  serviceName?: string;
  /** Resource attribute `service.version`. */
  serviceVersion?: string;
  /** Resource attribute `service.namespace`. */
  serviceNamespace?: string;
  /** Resource attribute `deployment.environment.name`. */
  environment?: string;
  /** More resource attributes. */
  resource?: Attributes;
  /** Extra request headers for the collector. They are public, and cost a CORS preflight. */
  headers?: Record<string, string>;
  /**
   * How bodies are sent. Default `gzip` to a collector of the page's own origin, else `none`: across origins its CORS
   * has to allow the header `content-encoding`.
   */
  compression?: 'gzip' | 'none';
  /** Share of sessions kept, 0 to 1. Default 1. */
  sampleRate?: number;
  /** Asked once as a session begins: its rate, or whether it is kept; or `remoteSampler(url)`. Default: `sampleRate`. */
  sampler?: Sampler;
  /** The page load follows the decision of the server whose trace it continues, not that of the session. Default false. */
  parentBased?: boolean;
  /**
   * Tells rate and random value of the session as `tracestate: ot=th:…;rv:…`, so that collectors that sample further
   * keep whole sessions: `consistentSampling` of `rootspan`. Default: none.
   */
  consistentSampling?: ConsistentSampling;
  /** Rules that turn an unsampled session into a kept one: `promoteOn(onError, slowerThan(3000))`. Default: none. */
  promote?: Promotion;
  /** The most spans of a minute, against loops; what is beyond is counted as dropped. Default 600. */
  maxSpansPerMinute?: number;
  /** Further URLs that receive trace headers, and places with headers of their own. Default: same origin only. */
  propagateTo?: UrlMatcher | Target | (UrlMatcher | Target)[];
  /** URLs that never receive trace headers, the own origin included; they still get a span. */
  neverPropagateTo?: UrlMatcher | UrlMatcher[];
  /** Header formats that are written to allowed requests. Default: `w3c`. */
  propagators?: readonly Propagator[];
  /** What requests of an unsampled session carry: nothing, or headers that say so. Default `omit`. */
  unsampledHeaders?: 'omit' | 'send';
  /** Trace ids begin with the time in seconds, which AWS X-Ray wants of older senders. Default false. */
  xrayTraceIds?: boolean;
  /** Requests without span and header. The collector is always among them. */
  ignoreUrls?: UrlMatcher | UrlMatcher[];
  session?: SessionOptions;
  /**
   * `pending` keeps spans in memory until `setConsent`, and sends, stores and injects nothing; `denied` records nothing.
   * Default `granted`.
   */
  consent?: Consent;
  /**
   * With Global Privacy Control on, the session is kept in memory alone, and no span has `user.id` or
   * `enduser.pseudo.id`. Default true.
   */
  respectGpc?: boolean;
  /** Put on every span: an object, or a function called as each span starts, such as `visitorId()`. */
  attributes?: Attributes | (() => Attributes);
  /** Further change of a URL before it is recorded; gets the URL as already redacted. */
  redactUrl?: (url: string) => string;
  /** Run on every ended span, in order. One that throws drops nothing. */
  processors?: Processor[];
  /** Names pages and requests; return undefined for the built-in guess. */
  routeName?: (target: RouteTarget) => string | undefined;
  /** Further attributes of a `fetch` or `XMLHttpRequest`, such as `describeGraphql`. */
  describeRequest?: (request: RequestTarget) => Attributes | undefined;
  /** Keeps the active span, such as `zoneContext()` of `rootspan/zone`. Default: the agent's own way. */
  context?: ContextManager;
  /** Longest wait before a batch is sent, in milliseconds. Default 5000. */
  flushInterval?: number;
  /**
   * Sends errors, web vitals, the console's warnings and errors, and `agent.log` as OTLP log records to `/v1/logs`.
   * Default false. With `rootspan/core`: `sendLogs`.
   */
  logs?: boolean | LogSignal;
  /**
   * Keeps what could not be sent in the storage of the session, for a later page: see `docs/delivery.md`. Default true.
   * With `rootspan/core`: `keepUnsent`.
   */
  offline?: boolean | OfflineSignal;
  /**
   * Shows spans as a track of the browser's performance panel, says once for each trace why it is kept, and shows the
   * agent's own faults on the console. Default false.
   */
  debug?: boolean;
  /** With `debug`: where a trace can be seen, such as `https://jaeger.example.com/trace/{traceId}`. */
  traceUrl?: string;
}

export interface SessionOptions {
  /**
   * Where it is kept: `local` is `localStorage`, `session` is `sessionStorage`, one for each tab, `memory` is the page; or
   * `cookieStorage()` of `rootspan`. Default `local`.
   */
  storage?: 'local' | 'session' | 'memory' | Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Milliseconds without activity that end a session. Default 900000 (15 minutes). */
  idleTimeout?: number;
  /** Longest life of a session in milliseconds. Default 14400000 (4 hours). */
  maxDuration?: number;
}

/** Configuration of `rootspan/core`: nothing is included unless named. */
export interface CoreConfig extends Config {
  instrumentations?: readonly Instrumentation[];
}

/** The visit: shared by the tabs of a browser. */
export interface Session {
  /** A UUID. */
  readonly id: string;
  readonly previousId?: string | undefined;
  readonly startTime: EpochMs;
  /** Decided once, when the session began; true as well from a promotion on. */
  readonly sampled: boolean;
  /** True in the page that it began in. */
  readonly isNew: boolean;
  /** The sample rate at that moment. */
  readonly sampleRate: number;
  /** With `consistentSampling`: the `tracestate` of the traces that it begins. */
  readonly traceState?: string | undefined;
  /** Why an unsampled session is kept after all, by the rule of `promote`. */
  readonly promoted?: string | undefined;
}

/** Counts of spans since the agent started: `recorded = sent + waiting + stored + ` the sum of `dropped`. */
export interface Stats {
  /** Spans that ended while recording, and those of an earlier page that were taken over from storage. */
  recorded: number;
  /** Accepted by the collector, or handed to the browser as the page was left. */
  sent: number;
  /** In the queue or in flight. */
  waiting: number;
  /** Put into storage for later, or for a later page. */
  stored: number;
  /**
   * Lost, by reason: `queue_full`, `rejected` (by the collector), `processor` (your own), `encoding` (not JSON), `consent`
   * (denied), `stopped`, `rate` (too many spans, or records, a minute), `storage_full`, `expired` (too long in storage).
   */
  dropped: Record<string, number>;
  /** Attributes, events and links refused, and values cut, by the limits of a span. */
  limited: number;
  /** The same of log records, with the option `logs`. */
  logs?: Omit<Stats, 'limited' | 'logs'>;
}

/** The running agent. Nothing in it throws. */
export interface Agent {
  /** Begins a span that is not active. */
  startSpan(name: string, options?: SpanOptions): Span;
  /** The span that new spans become children of. */
  active(): Span | undefined;
  /** Runs `fn` with `span` active. */
  with<T>(span: Span | undefined, fn: () => T): T;
  /** The same function, in which the span is active that is active now: for timers and callbacks. */
  bind<F extends (...args: never[]) => unknown>(fn: F): F;
  /** Runs `fn` inside a new active span, ends it when `fn` is done (also when it returns a promise), and records what it throws. */
  span<T>(name: string, fn: (span: Span) => T): T;
  span<T>(name: string, options: SpanOptions, fn: (span: Span) => T): T;
  /** Records an error on the active span, else as an `exception` span of the page view's trace. */
  recordException(error: unknown): void;
  /** Writes a log record with the trace of the active span, else of the page view. Does nothing without the option `logs`. */
  log(level: LogLevel, message: unknown, attributes?: Attributes): void;
  /** Puts `user.id` on every later span; `{}` forgets it. */
  setUser(user: { id?: string | undefined }): void;
  /** Puts attributes on every later span; `undefined` removes one. */
  setAttributes(attributes: Attributes): void;
  /** Values for the propagator `baggage`, which sends those that its `keys` allow; `undefined` removes one. */
  setBaggage(values: Record<string, string | undefined>): void;
  /**
   * `granted` sends what was kept, and stores the session. `denied` drops what waits and removes what is stored; where
   * consent was granted, in the other tabs of the origin too.
   */
  setConsent(consent: Consent): void;
  /** Names the current page view, such as `/products/:id`. */
  setRoute(route: string): void;
  /** The current session; undefined when the agent is inert, or consent is denied. */
  session(): Session | undefined;
  /** `traceparent` of the active span, else of the page view: a reference id for error pages. */
  traceparent(): string | undefined;
  stats(): Stats;
  /** Sends what is waiting; resolves when the collector has answered for all of it, or an attempt has failed. */
  flush(): Promise<void>;
  /** Sends what is waiting and gives the page back as it was. */
  stop(): void;
}
