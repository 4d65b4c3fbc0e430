/** What the collector's API answers. Times are epoch milliseconds with a fraction. */
export type AttributeValue = unknown;
export type Attributes = Record<string, AttributeValue>;

export type VitalName = 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb';
export type Vitals = Partial<Record<VitalName, number | null>>;

export interface ServiceCount {
  name: string;
  spans: number;
  errors: number;
}

export interface TraceItem {
  traceId: string;
  rootName: string | null;
  rootService: string | null;
  route: string | null;
  sessionId: string | null;
  startTime: number;
  durationMs: number;
  spanCount: number;
  errorCount: number;
  services: ServiceCount[];
  vitals: Vitals;
  hasRoot: boolean;
}

export interface TracePage {
  traces: TraceItem[];
  next: string | null;
}

export interface SpanEvent {
  name: string;
  time: number;
  attributes: Attributes;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  /** Of the span at the other end, if that is stored. */
  name: string | null;
  attributes: Attributes;
}

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  name: string;
  kind: string | number;
  service: string;
  scope: string | null;
  startTime: number;
  endTime: number;
  durationMs: number;
  status: { code: string | number; message?: string | null };
  attributes: Attributes;
  resource: Attributes;
  events: SpanEvent[];
  links: SpanLink[];
  /** The spans that are linked to this one. */
  linkedFrom: SpanLink[];
  dropped: { attributes: number; events: number; links: number };
}

export interface LogRecord {
  time: number;
  severity: number | null;
  severityText: string | null;
  body: unknown;
  service: string;
  spanId: string | null;
  attributes: Attributes;
  eventName: string | null;
}

export interface Trace {
  traceId: string;
  spans: Span[];
  logs: LogRecord[];
}

export interface SessionItem {
  sessionId: string;
  startTime: number;
  endTime: number;
  durationMs: number;
  pageViews: number;
  requests: number;
  errors: number;
  services: (string | ServiceCount)[];
  entryRoute: string | null;
  lastRoute: string | null;
  userId: string | null;
}

export interface SessionPage {
  sessions: SessionItem[];
  next: string | null;
}

export interface PageView {
  id: string;
  traceId: string;
  spanId: string;
  type: string | null;
  name: string;
  route: string | null;
  url: string | null;
  startTime: number;
  durationMs: number;
  endReason: string | null;
  vitals: Vitals;
  /** When each had its last value. */
  vitalTimes: Vitals;
  /** The interaction that led here. */
  cause: { traceId: string; spanId: string; name: string | null } | null;
  /** The page view before this one in the same tab. */
  previousSpanId: string | null;
  requests: number;
  errors: number;
}

export type MomentKind = 'interaction' | 'error' | 'request' | 'long-frame' | 'report' | 'connection';
export type InteractionMark = 'rage' | 'dead' | 'slow' | 'error';

/** Where a span is. */
export interface SpanPlace {
  traceId: string;
  spanId: string;
  pageViewId: string | null;
  name: string;
}

/** Something that a person would tell of a visit besides the pages that were seen. */
export interface Moment extends SpanPlace {
  kind: MomentKind;
  time: number;
  durationMs: number;
  failed: boolean;
  marks: InteractionMark[];
  /** How many errors it stands for. */
  count: number;
  detail: Attributes;
  /** To blame for a long frame. */
  scripts: { invoker: string; source: string; durationMs: number }[];
  /** The page views that an interaction led to. */
  ledTo: SpanPlace[];
}

export interface Session {
  sessionId: string;
  previousId: string | null;
  startTime: number;
  endTime: number;
  pageViews: PageView[];
  moments: Moment[];
  traces: TraceItem[];
}

/** The same mistake on the same page, however often it was met. */
export interface ErrorGroup {
  id: string;
  service: string;
  type: string;
  message: string;
  route: string | null;
  count: number;
  sessions: number;
  firstTime: number;
  lastTime: number;
  traceId: string;
  spanId: string;
}

export interface ErrorList {
  errors: ErrorGroup[];
  more: boolean;
}

export interface ErrorDetails extends ErrorGroup {
  stack: string | null;
  occurrences: Occurrence[];
}

export interface Occurrence {
  traceId: string;
  spanId: string;
  sessionId: string | null;
  time: number;
  times: number;
  /** Of the span that it was met on. */
  spanName: string | null;
}

export interface Facet {
  value: string;
  count: number;
}

export interface Facets {
  services: Facet[];
  routes: Facet[];
  names: Facet[];
}

export interface Bucket {
  time: number;
  traces: number;
  errors: number;
  p50: number | null;
  p95: number | null;
}

export interface VitalSummary {
  p75: number | null;
  good: number;
  needsImprovement: number;
  poor: number;
  count: number;
}

export interface Overview {
  buckets: Bucket[];
  vitals: Partial<Record<VitalName, VitalSummary>>;
}
