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
  requests: number;
  errors: number;
}

export interface Session {
  sessionId: string;
  previousId: string | null;
  startTime: number;
  endTime: number;
  pageViews: PageView[];
  traces: TraceItem[];
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
