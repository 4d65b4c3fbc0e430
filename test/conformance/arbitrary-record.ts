import fc from 'fast-check';
import type { Attributes, SpanRecord } from '../../src/types.js';

const hex = (digits: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits })
    .map((list) => list.join(''))
    .filter((id) => /[^0]/.test(id));
// Well-formed: what half a character becomes is a test of its own.
const text = fc.string({ unit: 'binary' });
const number = fc.oneof(fc.double(), fc.integer(), fc.maxSafeInteger());
const value = fc.oneof(text, number, fc.boolean(), fc.array(text), fc.array(number), fc.array(fc.boolean()));
const attributes = fc.dictionary(text, value, { maxKeys: 6 }) as fc.Arbitrary<Attributes>;
const time = fc.double({ min: 1, max: 9e12, noNaN: true });
const count = fc.integer({ min: 0, max: 1000 });
const state = fc.option(fc.constantFrom('a=1', 'ot=th:c;rv:c1a2b3c4d5e6f7'), { nil: undefined });
const context = fc.record({
  traceId: hex(32),
  spanId: hex(16),
  traceFlags: fc.constantFrom(0, 1),
  traceState: state,
  isRemote: fc.boolean(),
});

/** Any ended span: what the tracer can make, and processors without mistakes. */
export const record: fc.Arbitrary<SpanRecord> = fc.record({
  traceId: hex(32),
  spanId: hex(16),
  parentSpanId: fc.option(hex(16), { nil: undefined }),
  parentIsRemote: fc.boolean(),
  traceFlags: fc.constantFrom(0, 1),
  traceState: state,
  name: text,
  kind: fc.constantFrom(0, 1, 2, 3, 4),
  scope: text,
  startTime: time,
  endTime: time,
  attributes,
  events: fc.option(fc.array(fc.record({ name: text, time, attributes }), { maxLength: 3 }), {
    nil: undefined,
  }),
  links: fc.option(fc.array(fc.record({ context, attributes }), { maxLength: 3 }), { nil: undefined }),
  status: fc.constantFrom(0, 1, 2),
  statusMessage: fc.option(text, { nil: undefined }),
  droppedAttributes: count,
  droppedEvents: count,
  droppedLinks: count,
});
