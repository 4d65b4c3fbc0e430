import { expect, test } from 'vitest';
import type { SpanRecord } from '../../src/types.js';
import { encodeTraces } from '../support/encode-traces.js';
import { createRecord } from '../unit/support/records.js';
import { deliver, deliverAttributes } from './deliver.js';
import { firstSpan, readPairs } from './otlp-values.js';
import { readRequest } from './proto/otlp-proto.mjs';

const link = {
  context: {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b9c7c989f97918e1',
    traceFlags: 1,
    traceState: 'a=1',
    isRemote: true,
  },
  attributes: { reason: 'before' },
};

test('every field of a record arrives', () => {
  const record = createRecord({
    parentSpanId: '53995c3f42cd8ad8',
    parentIsRemote: true,
    traceState: 'ot=th:c',
    startTime: 1_795_206_600_123.25,
    endTime: 1_795_206_600_124.5,
    attributes: { text: 'a', int: 7, double: 1.5, flag: false, list: ['a', 'b'], numbers: [1, 2] },
    events: [{ name: 'exception', time: 1_795_206_600_123.5, attributes: { 'exception.type': 'Error' } }],
    links: [link],
    status: 2,
    statusMessage: 'declined',
    droppedAttributes: 1,
    droppedEvents: 2,
    droppedLinks: 3,
  });

  expect(deliver([record]).span).toEqual({
    traceId: record.traceId,
    spanId: record.spanId,
    parentSpanId: '53995c3f42cd8ad8',
    traceState: 'ot=th:c',
    flags: 0x301,
    name: 'GET /api/orders/:id',
    kind: 3,
    startTimeUnixNano: '1795206600123250000',
    endTimeUnixNano: '1795206600124500000',
    attributes: [
      { key: 'text', value: { stringValue: 'a' } },
      { key: 'int', value: { intValue: '7' } },
      { key: 'double', value: { doubleValue: 1.5 } },
      { key: 'flag', value: { boolValue: false } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } } },
      { key: 'numbers', value: { arrayValue: { values: [{ intValue: '1' }, { intValue: '2' }] } } },
    ],
    events: [
      {
        timeUnixNano: '1795206600123500000',
        name: 'exception',
        attributes: [{ key: 'exception.type', value: { stringValue: 'Error' } }],
      },
    ],
    links: [
      {
        traceId: link.context.traceId,
        spanId: link.context.spanId,
        traceState: 'a=1',
        flags: 0x301,
        attributes: [{ key: 'reason', value: { stringValue: 'before' } }],
      },
    ],
    status: { code: 2, message: 'declined' },
    droppedAttributesCount: 1,
    droppedEventsCount: 2,
    droppedLinksCount: 3,
  });
});

test('what a record does not have is left out', () => {
  const json = firstSpan(JSON.parse(encodeTraces({}, '0.1.0', [createRecord()])));

  expect(Object.keys(json).sort()).toEqual(
    [
      'attributes',
      'endTimeUnixNano',
      'flags',
      'kind',
      'name',
      'spanId',
      'startTimeUnixNano',
      'traceId',
    ].sort(),
  );
});

test('flags say whether the parent is on the server', () => {
  const flags = (changes: Partial<SpanRecord>) => deliver([createRecord(changes)]).span.flags;

  expect(flags({})).toBe(0x101);
  expect(flags({ parentSpanId: '53995c3f42cd8ad8' })).toBe(0x101);
  expect(flags({ parentSpanId: '53995c3f42cd8ad8', parentIsRemote: true })).toBe(0x301);
});

test('spans are grouped by what made them', () => {
  const scopes = ['fetch', 'document', 'fetch'].map((scope) => createRecord({ scope }));

  const [{ resource, scopeSpans, schemaUrl } = {}] = deliver(scopes).request.resourceSpans ?? [];

  expect(readPairs(resource?.attributes)).toEqual({ 'service.name': 'shop' });
  expect(schemaUrl).toBe('https://opentelemetry.io/schemas/1.44.0');
  expect(scopeSpans?.map(({ scope, spans, schemaUrl: own }) => [scope, spans?.length, own])).toEqual([
    [{ name: 'rootspan/fetch', version: '0.1.0' }, 2, schemaUrl],
    [{ name: 'rootspan/document', version: '0.1.0' }, 1, schemaUrl],
  ]);
});

test.each<[string, string]>([
  ['NUL', 'a\0b'],
  ['line separators', 'a\u2028b\u2029c'],
  ['controls', Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join('')],
  ['quotes and slashes', '"\\/\b\f\n\r\t</script>'],
  ['an emoji', '👩‍👩‍👧'],
  ['the byte order mark', '\ufeffa'],
  ['what is no character', '\uffff\ufffe'],
  ['nothing', ''],
  ['a million characters', 'é'.repeat(1_000_000)],
])('a text with %s arrives as it is, as value, key, name and message', (_, text) => {
  const { span } = deliver([
    createRecord({
      name: `n${text}`,
      attributes: { value: text, [`k${text}`]: 1, list: [text] },
      events: [{ name: `e${text}`, time: 1, attributes: { value: text } }],
      status: 2,
      statusMessage: `m${text}`,
    }),
  ]);

  expect(span.name).toBe(`n${text}`);
  expect(readPairs(span.attributes)).toEqual({ value: text, [`k${text}`]: 1, list: [text] });
  expect([span.events?.[0]?.name, span.status?.message]).toEqual([`e${text}`, `m${text}`]);
});

test.each(['\ud800', 'a\udc00b', '\udc00\ud800'])(
  'half a character (%j) is legal JSON and costs itself alone',
  (text) => {
    const body = encodeTraces({}, '0.1.0', [createRecord({ attributes: { before: 'a', text, after: 'b' } })]);
    const { decoded } = readRequest('traces', JSON.parse(body));

    const { before, text: received, after } = readPairs(firstSpan(decoded).attributes);

    // UTF-8 cannot hold it: it is escaped, and a receiver sees replacement characters, one or some.
    expect(Buffer.from(body).toString()).toBe(body);
    const shown = [text, `${received}`].map((each) =>
      Buffer.from(each)
        .toString()
        .replace(/\ufffd+/g, '?'),
    );
    expect([before, shown[1], after]).toEqual(['a', shown[0], 'b']);
  },
);

test.each([0, 1, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)])('the whole number %i is an integer', (number) => {
  const { span } = deliver([createRecord({ attributes: { number } })]);

  expect(span.attributes?.[0]?.value).toEqual({ intValue: `${number}` });
});

test.each([0.5, -0.1, 2 ** 53, 1e300, 5e-324, Number.NaN, Infinity, -Infinity])(
  '%d is a double',
  (number) => {
    expect(deliverAttributes({ number })).toEqual({ number });
    const json = firstSpan(JSON.parse(encodeTraces({}, '0.1.0', [createRecord({ attributes: { number } })])));
    expect(Object.keys(json.attributes?.[0]?.value ?? {})).toEqual(['doubleValue']);
  },
);

test('minus zero is zero', () => {
  expect(Math.abs(deliverAttributes({ number: -0 }).number as number)).toBe(0);
});

test.each([
  'browser.web_vital.value',
  'browser.web_vital.delta',
  'rootspan.web_vital.cls',
  'rootspan.sample_rate',
])('%s is a double by the conventions, also when it is whole', (key) => {
  const { span } = deliver([createRecord({ attributes: { [key]: 0 } })]);

  // Protobuf's JSON leaves no default out within a oneof.
  expect(span.attributes).toEqual([{ key, value: { doubleValue: 0 } }]);
});

test('the numbers of one list are of one kind', () => {
  const { span } = deliver([createRecord({ attributes: { list: [1, 2.5] } })]);

  expect(span.attributes?.[0]?.value.arrayValue?.values).toEqual([{ doubleValue: 1 }, { doubleValue: 2.5 }]);
});

test('undefined attributes are left out', () => {
  expect(deliverAttributes({ a: undefined, b: 1 })).toEqual({ b: 1 });
});
