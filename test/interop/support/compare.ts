import { expect } from 'vitest';
import type { Attributes, SpanRecord } from '../../../src/types.js';
import type { CollectedSpan } from '../../support/otlp-reader.js';

/** Every recorded span is there once, with all that was recorded of it. */
export const expectSame = (collected: CollectedSpan[], recorded: SpanRecord[]): void => {
  const arrived = collected.map(fromCollected).sort(byId);
  const sent = recorded.map(fromRecorded).sort(byId);
  expect(arrived.map(({ facts }) => facts)).toEqual(sent.map(({ facts }) => facts));
  // A collector keeps nanoseconds, and the page's clock has fractions of a microsecond.
  const differences = arrived.flatMap(({ times }, index) =>
    times.map((time, place) => Math.abs(time - (sent[index]?.times[place] ?? Number.NaN))),
  );
  expect(Math.max(...differences)).toBeLessThan(0.002);
};

interface Shape {
  facts: { spanId: string } & Record<string, unknown>;
  times: number[];
}

const byId = (one: Shape, other: Shape): number => (one.facts.spanId < other.facts.spanId ? -1 : 1);

const fromCollected = (span: CollectedSpan): Shape => ({
  facts: {
    spanId: span.spanId,
    traceId: span.traceId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: span.flags & 0xff,
    name: span.name,
    kind: span.kind,
    scope: span.scope,
    attributes: span.attributes,
    events: span.events.map(({ name, attributes }) => ({ name, attributes })),
    links: span.links,
    status: span.status.code,
    statusMessage: span.status.message || undefined,
  },
  times: [span.startTime, span.endTime, ...span.events.map(({ time }) => time)],
});

const fromRecorded = (span: SpanRecord): Shape => ({
  facts: {
    spanId: span.spanId,
    traceId: span.traceId,
    parentSpanId: span.parentSpanId,
    traceState: span.traceState,
    flags: span.traceFlags,
    name: span.name,
    kind: span.kind,
    scope: `rootspan/${span.scope}`,
    attributes: withValues(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: withValues(attributes) })),
    links: (span.links ?? []).map(({ context, attributes }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      attributes: withValues(attributes),
    })),
    status: span.status,
    statusMessage: span.status ? span.statusMessage || undefined : undefined,
  },
  times: [span.startTime, span.endTime, ...(span.events ?? []).map(({ time }) => time)],
});

const withValues = (attributes: Attributes = {}): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value != null));
