import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SpanRecord } from '../../src/types.js';
import { record } from './arbitrary-record.js';
import { deliver } from './deliver.js';
import { readPairs, type WireSpan } from './otlp-values.js';

/** To the microsecond, more than a double can tell apart today. */
const closeTo = (nanos: string | undefined, milliseconds: number) =>
  expect(Math.abs(Number(BigInt(nanos ?? 0) / 1000n) - milliseconds * 1000)).toBeLessThanOrEqual(2);

/** Minus zero is a zero on the wire; everything else is to arrive as it is. */
const normalize = (item: unknown): unknown => {
  if (Array.isArray(item)) return item.map(normalize);
  if (typeof item === 'object' && item) {
    return Object.fromEntries(Object.entries(item).map(([key, own]) => [key, normalize(own)]));
  }
  return item === 0 ? 0 : item;
};

const expectSame = (span: WireSpan, given: SpanRecord) => {
  expect(span.traceId).toBe(given.traceId);
  expect(span.spanId).toBe(given.spanId);
  expect(span.parentSpanId).toBe(given.parentSpanId);
  expect(span.traceState).toBe(given.traceState);
  expect(span.name ?? '').toBe(given.name);
  expect(span.kind ?? 0).toBe(given.kind);
  expect(span.flags).toBe(0x100 + (given.parentIsRemote ? 0x200 : 0) + given.traceFlags);
  closeTo(span.startTimeUnixNano, given.startTime);
  closeTo(span.endTimeUnixNano, given.endTime);
  expect(normalize(readPairs(span.attributes))).toEqual(normalize(given.attributes));
  expect((span.events ?? []).map(({ name }) => name ?? '')).toEqual(
    (given.events ?? []).map(({ name }) => name),
  );
  for (const [index, event] of (span.events ?? []).entries()) {
    closeTo(event.timeUnixNano, given.events?.[index]?.time ?? 0);
    expect(normalize(readPairs(event.attributes))).toEqual(normalize(given.events?.[index]?.attributes));
  }
  for (const [index, each] of (span.links ?? []).entries()) {
    expect(each).toMatchObject({ traceId: given.links?.[index]?.context.traceId });
    expect(normalize(readPairs(each.attributes))).toEqual(normalize(given.links?.[index]?.attributes));
  }
  expect(span.links?.length ?? 0).toBe(given.links?.length ?? 0);
  expect(span.status?.code ?? 0).toBe(given.status);
  expect([
    span.droppedAttributesCount ?? 0,
    span.droppedEventsCount ?? 0,
    span.droppedLinksCount ?? 0,
  ]).toEqual([given.droppedAttributes, given.droppedEvents, given.droppedLinks]);
};

test('any record arrives as it is', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(record, (given) => expectSame(deliver([given]).span, given)),
    { numRuns: 150, seed: 20261120 },
  );
});

test('any list of records arrives whole, in one resource', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(record, { minLength: 1, maxLength: 8, selector: ({ spanId }) => spanId }),
      (given) => {
        const { request } = deliver(given);

        const spans = request.resourceSpans?.flatMap(({ scopeSpans = [] }) =>
          scopeSpans.flatMap((each) => each.spans ?? []),
        );
        expect(request.resourceSpans).toHaveLength(1);
        expect(spans?.map(({ spanId }) => spanId).sort()).toEqual(given.map(({ spanId }) => spanId).sort());
      },
    ),
    { numRuns: 50, seed: 20261120 },
  );
});
