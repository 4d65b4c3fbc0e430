import type {
  Attributes,
  Clock,
  ContextManager,
  SpanContext,
  SpanOptions,
  SpanRecord,
  Tracer,
} from '../types.js';
import type { Limits } from '../util/attributes.js';
import { RecordingSpan } from './span.js';

interface Place {
  parent?: SpanContext | null | undefined;
  link?: SpanContext | undefined;
}

/** What a tracer asks of the agent as each span starts. */
export interface Surroundings {
  /** The span's place when neither a parent was given nor a span is active: a parent, or a context to link. */
  ambient(): Place;
  /** The decision for a new trace. */
  isSampled(): boolean;
  /** Attributes for every span, and for roots of a trace. */
  attributes(isRoot: boolean): Attributes;
}

/** The only maker of spans. */
export const createTracer = (
  context: ContextManager,
  clock: Clock,
  id: (digits: number) => string,
  { ambient, isSampled, attributes: shared }: Surroundings,
  limits: Limits,
  onEnd: (record: SpanRecord) => void,
): Tracer => ({
  ...context,
  startSpan: (
    name,
    { kind = 1, scope = 'custom', parent, attributes, links = [], startTime }: SpanOptions = {},
  ) => {
    const anchor = clock.anchor();
    const active = context.active()?.spanContext();
    const place: Place =
      parent !== undefined || active ? { parent: parent === undefined ? active : parent } : ambient();
    const {
      traceId = id(32),
      spanId: parentSpanId,
      traceState,
      isRemote = false,
      traceFlags = +isSampled(),
    } = place.parent ?? {};
    const isRecording = !!(traceFlags & 1);
    const spanContext = { traceId, spanId: id(16), traceFlags: traceFlags & 1, traceState };
    const span = new RecordingSpan(
      {
        ...spanContext,
        parentSpanId,
        parentIsRemote: isRemote,
        name: `${name}`,
        kind,
        scope,
        startTime: startTime ?? clock.now(anchor),
        endTime: 0,
        attributes: {},
        events: undefined,
        links: undefined,
        status: 0,
        statusMessage: undefined,
        droppedAttributes: 0,
        droppedEvents: 0,
        droppedLinks: 0,
      },
      spanContext,
      isRecording,
      clock,
      anchor,
      limits,
      onEnd,
    );
    if (isRecording) {
      span.setAttributes(shared(!parentSpanId || isRemote)).setAttributes(attributes ?? {});
      for (const link of links) span.addLink(link);
      if (place.link) span.addLink({ context: place.link });
    }
    return span;
  },
});
