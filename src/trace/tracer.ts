import type { Attributes, ContextManager, Page, SpanOptions, Tracer } from '../types.js';
import { isTime } from '../util/clock.js';
import { RecordingSpan, type SpanHost } from './span.js';

/** What a tracer asks of the agent as each span starts; only `id`, `clock` and `page` of it where nothing is sampled. */
export interface Surroundings extends SpanHost {
  id(digits: number): string;
  /** The page view is the parent while it is open, and is linked later, of spans with neither parent nor active span. */
  readonly page: Page;
  /** The decision for a new trace. */
  isSampled(): boolean;
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

/** The only maker of spans. */
export const createTracer = (context: ContextManager, host: Surroundings): Tracer => ({
  ...context,
  startSpan: (name, options) => {
    const {
      kind = 1,
      scope = 'custom',
      parent,
      attributes = {},
      links,
      startTime,
    }: SpanOptions = options ?? {};
    const anchor = host.clock.anchor();
    const { page } = host;
    const view = page.current?.context;
    const origin = parent === undefined ? (context.active()?.spanContext() ?? (page.end && view)) : parent;
    const parentIsRemote = !!origin?.isRemote;
    // The session decides, not the server.
    const isRecording = origin && !parentIsRemote ? !!(origin.traceFlags & 1) : host.isSampled();
    const spanContext = {
      traceId: origin?.traceId ?? host.id(32),
      spanId: host.id(16),
      traceFlags: +isRecording,
      traceState: origin?.traceState,
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
    const span = new RecordingSpan(isRecording ? record : undefined, spanContext, anchor, host);
    if (isRecording) span.setAttributes(host.attributes(!origin || parentIsRemote)).setAttributes(attributes);
    for (const link of links ?? []) span.addLink(link);
    return parent === undefined && !origin && view ? span.addLink({ context: view }) : span;
  },
});
