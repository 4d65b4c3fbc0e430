import { expect, test } from 'vitest';
import type { SpanContext, SpanRecord } from '../../src/types.js';
import { encodeTraces } from '../support/encode-traces.js';
import {
  firstSpan,
  type Plain,
  readPairs,
  type WireEvent,
  type WireLink,
  type WireRequest,
  type WireSpan,
} from './otlp-values.js';
import { traceProblems } from './proto/otlp-proto.mjs';
import { readVector, readVectorText } from './read-vectors.js';

interface Index {
  valid: { file: string; about: string }[];
  invalid: { file: string; layer: 'strict' | 'semantic'; why: string }[];
  responses: { file: string }[];
}
const index = readVector<Index>('otlp-json/index.json');

/** Milliseconds with a fraction, as the page would have measured them: a double keeps a quarter of a microsecond. */
const toMs = (nanos = '0'): number => Number(nanos.slice(0, -6)) + Number(nanos.slice(-6)) / 1e6;

const readContext = ({ traceId, spanId, traceState, flags = 0 }: WireLink): SpanContext => ({
  traceId,
  spanId,
  traceState,
  traceFlags: flags & 0xff,
  isRemote: (flags & 0x200) > 0,
});

const readEvent = ({ name = '', timeUnixNano, attributes }: WireEvent) => ({
  name,
  time: toMs(timeUnixNano),
  attributes: readPairs(attributes) as SpanRecord['attributes'],
});

/** The record from which the span of a vector would have been made. */
const readRecord = (span: WireSpan, scope: string): SpanRecord => ({
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  parentIsRemote: ((span.flags ?? 0) & 0x200) > 0,
  traceFlags: (span.flags ?? 0) & 0xff,
  traceState: span.traceState,
  name: span.name ?? '',
  // The vectors know no other kinds than those of a record.
  kind: (span.kind ?? 0) as SpanRecord['kind'],
  scope,
  startTime: toMs(span.startTimeUnixNano),
  endTime: toMs(span.endTimeUnixNano),
  attributes: readPairs(span.attributes) as SpanRecord['attributes'],
  events: span.events?.map(readEvent),
  links: span.links?.map((link) => ({
    context: readContext(link),
    attributes: readPairs(link.attributes) as SpanRecord['attributes'],
  })),
  status: (span.status?.code ?? 0) as SpanRecord['status'],
  statusMessage: span.status?.message,
  droppedAttributes: span.droppedAttributesCount ?? 0,
  droppedEvents: span.droppedEventsCount ?? 0,
  droppedLinks: span.droppedLinksCount ?? 0,
});

// Where the encoder differs from a vector by choice:
// - `flags` are always written, with HAS_IS_REMOTE (0x100): whether a parent is remote is always known. The vectors
//   01 and 08 leave them out, or have the trace flags alone.
// - Events and links have no count of dropped attributes: the limits of the agent count them over all spans.
// - An event or a link without attributes has an empty list; a span always has a list.
// - A status that is unset is left out; the vector 02 has an empty one.
// - A time is a double of milliseconds, which keeps a quarter of a microsecond: the last three digits may differ.
const withChoices = ({ status, ...span }: WireSpan): object => ({
  ...span,
  ...(status?.code && { status }),
  attributes: readPairs(span.attributes),
  flags: 0x100 | (span.flags ?? 0),
  startTimeUnixNano: toMicroseconds(span.startTimeUnixNano),
  endTimeUnixNano: toMicroseconds(span.endTimeUnixNano),
  ...(span.events && { events: span.events.map(withChoicesOfEvent) }),
  ...(span.links && { links: span.links.map(withChoicesOfLink) }),
});

const toMicroseconds = (nanos = '0'): number => Math.round(Number(BigInt(nanos) / 100n) / 10);

const withChoicesOfEvent = ({ droppedAttributesCount: _, ...event }: WireEvent): object => ({
  ...event,
  timeUnixNano: toMicroseconds(event.timeUnixNano),
  attributes: readPairs(event.attributes),
});

const withChoicesOfLink = ({ droppedAttributesCount: _, ...link }: WireLink): object => ({
  ...link,
  flags: 0x100 | (link.flags ?? 0),
  attributes: readPairs(link.attributes),
});

/** The kind of value behind each key, which `readPairs` forgets. */
const kindsOf = ({ attributes = [], events = [], links = [] }: WireSpan): Record<string, string>[] =>
  [{ attributes }, ...events, ...links].map(({ attributes: pairs = [] }) =>
    Object.fromEntries(pairs.map(({ key, value }) => [key, Object.keys(value).join()])),
  );

const NAMES = [
  '01-minimal-trace',
  '02-page-load',
  '03-http-client-spans',
  '07-session-sampled',
  '08-dropped-counts',
];

for (const name of NAMES) {
  const vector = readVector<WireRequest>(`otlp-json/${name}.json`);

  for (const { resource, scopeSpans = [] } of vector.resourceSpans ?? []) {
    for (const { scope, spans = [] } of scopeSpans) {
      for (const span of spans) {
        test(`vector ${name}, ${span.spanId}: the encoder makes the same span`, () => {
          const record = readRecord(span, scope?.name ?? '');
          const body = encodeTraces(readPairs(resource?.attributes) as Record<string, string>, '0.1.0', [
            record,
          ]);
          const request = JSON.parse(body) as WireRequest;

          expect(traceProblems(request)).toEqual([]);
          const made = firstSpan(request);
          expect(withChoices(made)).toEqual(withChoices(span));
          expect(kindsOf(made)).toEqual(kindsOf(span));
          expect(request.resourceSpans?.[0]?.resource?.attributes).toEqual(resource?.attributes);
        });
      }
    }
  }
}

test('the vectors about traces that are not rebuilt here are those of two resources', () => {
  // A request of the agent has one resource; logs and metrics (04, 05, 06) it does not send.
  const others = index.valid
    .map(({ file }) => file.replace('.json', ''))
    .filter((name) => !NAMES.includes(name));

  expect(others).toEqual(['04-events', '05-anyvalue-kinds', '06-metrics', '09-two-resources']);
});

/** The checks on a request stand on this reader: it must refuse what is not legal, and take what is. */
for (const { file } of index.valid.filter(({ file: name }) => !/0[456]-/.test(name))) {
  test(`the reader takes ${file}`, () => {
    expect(traceProblems(readVector(`otlp-json/${file}`))).toEqual([]);
  });
}

const isRefused = (text: string): boolean => {
  try {
    return traceProblems(JSON.parse(text)).length > 0;
  } catch {
    // Not even JSON.
    return true;
  }
};

// What JSON.parse cannot see any more is left to the encoder, which writes each key once.
const strict = index.invalid.filter(({ layer, file }) => layer === 'strict' && !/duplicate-key/.test(file));

for (const { file, why } of strict) {
  test(`the reader refuses ${file}: ${why}`, () => {
    expect(isRefused(readVectorText(`otlp-json/${file}`))).toBe(true);
  });
}

test('a key is written once, also when it is an attribute of resource and span', () => {
  const record = readRecord(firstSpan(readVector('otlp-json/02-page-load.json')), 'document');

  const keys = firstSpan(JSON.parse(encodeTraces({ 'session.id': 'a' }, '0.1.0', [record]))).attributes ?? [];

  expect(new Set(keys.map(({ key }): Plain => key)).size).toBe(keys.length);
});
