import type { Attributes, ContextManager, Page, SpanContext, SpanOptions, Tracer } from '../types.js';
import { isTime } from '../util/clock.js';
import { attempt } from '../util/guard.js';
import { RecordingSpan, type SpanHost } from './span.js';

/** What a tracer asks of the agent as each span starts; only `id`, `clock` and `page` of it where nothing is sampled. */
export interface Surroundings extends SpanHost {
  id(digits: number): string;
  /** The page view is the parent while it is open, and is linked later, of spans with neither parent nor active span. */
  readonly page: Page;
  /** Nothing is recorded, also where a ring would hold it. */
  isDenied(): boolean;
  /** Whether the server's span, as the parent of a page load, decides for it. */
  readonly parentBased?: boolean | undefined;
  /** The decision for a span; `parent` is that which decides, absent where the session does. */
  isSampled(parent: SpanContext | undefined): boolean;
  /** Whether spans that are not sampled record nevertheless: see `session/promotion.ts`. */
  isHeld?(): boolean;
  /** The `tracestate` of a root, or of a trace that the server began. */
  traceState?(incoming: SpanContext | undefined): string | undefined;
  /** Attributes for every span, and for roots of a trace. */
  attributes(isRoot: boolean): Attributes;
}

/** All fields are there from birth: the engine then has one shape for all records. */
const NEW_RECORD = {
  endTime: 0,
  events: undefined,
  links: undefined,
  status: 0,
  statusMessage: undefined,
  droppedAttributes: 0,
  droppedEvents: 0,
  droppedLinks: 0,
} as const;

/** The only maker of spans. With `xrayTraceIds` trace ids begin with the seconds of the epoch, as AWS wants them. */
export const createTracer = (context: ContextManager, host: Surroundings, xrayTraceIds?: boolean): Tracer => {
  // The user's own context may fail: then no span is active.
  const readActive = () => attempt(() => context.active());
  const startSpan: Tracer['startSpan'] = (name, options) => {
    const given: SpanOptions = options ?? {};
    const { parent, kind = 1, scope = 'custom', attributes = {}, links, startTime, onCause, ids } = given;
    const anchor = host.clock.anchor();
    // a span of another maker tells of no causes
    const active = readActive() as RecordingSpan | undefined;
    const { origin, related } = findPlace(parent, active?.spanContext(), host.page);
    const { parentIsRemote, isRoot, isSampled, isRecording, traceState } = decide(host, origin);
    const spanContext = {
      traceId: origin?.traceId ?? ids?.traceId ?? createTraceId(host, xrayTraceIds),
      spanId: ids?.spanId ?? host.id(16),
      traceFlags: +isSampled,
      traceState,
    };
    const record = {
      ...NEW_RECORD,
      ...spanContext,
      parentSpanId: origin?.spanId,
      parentIsRemote,
      name: String(name),
      kind,
      scope,
      startTime: isTime(startTime) ? startTime : host.clock.now(anchor),
      attributes: {},
    };
    const release = isRecording ? active?.onCause?.() : undefined;
    const span = new RecordingSpan(
      isRecording ? record : undefined,
      spanContext,
      anchor,
      host,
      release,
      onCause,
    );
    if (isRecording) span.setAttributes(host.attributes(isRoot)).setAttributes(attributes);
    for (const link of [...(links ?? []), ...related]) span.addLink(link);
    return span;
  };
  return { ...context, active: readActive, startSpan };
};

/** Seconds are 8 hex digits from 1978 to 2106. */
const createTraceId = ({ id, clock }: Surroundings, xrayTraceIds: boolean | undefined): string =>
  xrayTraceIds ? ((clock.now() / 1000) >>> 0).toString(16) + id(24) : id(32);

/** The session decides, not the server, unless it is wanted so. */
const decide = (host: Surroundings, parent: SpanContext | null | undefined) => {
  const origin = parent ?? undefined;
  const parentIsRemote = !!origin?.isRemote;
  const deciding = parentIsRemote && !host.parentBased ? undefined : origin;
  const isSampled = host.isSampled(deciding);
  const isLocal = origin && !parentIsRemote;
  return {
    parentIsRemote,
    isRoot: !deciding,
    isSampled,
    isRecording: isSampled || (!!host.isHeld?.() && !host.isDenied()),
    traceState: isLocal || !host.traceState ? origin?.traceState : host.traceState(origin),
  };
};

/** The parent of a span, or else what its trace is linked to: the active span, the page view. */
const findPlace = (
  parent: SpanContext | null | undefined,
  active: SpanContext | undefined,
  { current, end }: Page,
) => {
  const view = current?.context;
  const origin = parent === undefined ? (active ?? (end && view)) : parent;
  const link = active ?? (parent === null ? undefined : view);
  return { origin, related: link && !origin ? [{ context: link }] : [] };
};
