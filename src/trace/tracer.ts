import type {
  Attributes,
  ContextManager,
  Span,
  SpanContext,
  SpanLink,
  SpanOptions,
  SpanRecord,
  Tracer,
} from '../types.js';
import { RecordingSpan, type SpanHost } from './span.js';

/** What a tracer asks of the agent as each span starts. */
export interface TracerOptions extends SpanHost {
  readonly context: ContextManager;
  id(digits: number): string;
  /** Where a span without an active parent belongs: an open page view, or a closed one to link. */
  ambient(): { parent?: SpanContext | undefined; link?: SpanContext | undefined };
  /** The decision for a new trace. */
  isSampled(): boolean;
  /** Attributes for every span, and for roots of a trace. */
  attributes(isRoot: boolean): Attributes;
}

/** The only maker of spans. */
export const createTracer = (options: TracerOptions): Tracer => {
  const { context, clock, id } = options;
  return {
    active: context.active,
    with: context.with,
    startSpan: (
      name,
      { kind = 1, scope = 'custom', parent, attributes, links, startTime }: SpanOptions = {},
    ) => {
      const family = findFamily(options, parent);
      const sampled = family.parent ? family.parent.traceFlags & 1 : +options.isSampled();
      const anchor = clock.anchor();
      const spanContext: SpanContext = {
        traceId: family.parent?.traceId ?? id(32),
        spanId: id(16),
        traceFlags: sampled,
        traceState: family.parent?.traceState,
      };
      const record: SpanRecord = {
        ...spanContext,
        traceState: spanContext.traceState,
        parentSpanId: family.parent?.spanId,
        parentIsRemote: !!family.parent?.isRemote,
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
      };
      const span: Span = new RecordingSpan(options, record, spanContext, anchor, !!sampled);
      if (!sampled) return span;
      span.setAttributes(options.attributes(!family.parent || record.parentIsRemote));
      if (attributes) span.setAttributes(attributes);
      for (const link of [...family.links, ...(links ?? [])]) span.addLink(link);
      return span;
    },
  };
};

interface Family {
  parent: SpanContext | undefined;
  links: SpanLink[];
}

const findFamily = ({ context, ambient }: TracerOptions, parent: SpanContext | null | undefined): Family => {
  if (parent !== undefined) return { parent: parent ?? undefined, links: [] };
  const active = context.active()?.spanContext();
  if (active) return { parent: active, links: [] };
  const place = ambient();
  return {
    parent: place.parent,
    links: place.link ? [{ context: place.link, attributes: { 'rootspan.link': 'page_view' } }] : [],
  };
};
