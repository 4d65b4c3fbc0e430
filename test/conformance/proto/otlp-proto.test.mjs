import { expect, test } from 'vitest';
import { decodeTraceRequest, encodeTraceRequest, readRequest, traceProblems } from './otlp-proto.mjs';

const requestWith = (changes = {}) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
      scopeSpans: [
        {
          scope: { name: 'fetch' },
          spans: [
            {
              traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
              spanId: '00f067aa0ba902b7',
              parentSpanId: '1122334455667788',
              name: 'GET /api/orders/:id',
              kind: 3,
              flags: 257,
              startTimeUnixNano: '1795206600123456789',
              endTimeUnixNano: '1795206600223456789',
              attributes: [{ key: 'size', value: { intValue: '9223372036854775807' } }],
              status: { code: 2 },
              ...changes,
            },
          ],
        },
      ],
    },
  ],
});

test('a legal request has no problems and comes back whole', () => {
  const request = requestWith();

  const { problems, decoded } = readRequest('traces', request);

  expect(problems).toEqual([]);
  expect(decoded).toEqual(request);
  expect(decodeTraceRequest(encodeTraceRequest(request))).toEqual(request);
});

test('defaults that are written out are legal', () => {
  expect(
    traceProblems(requestWith({ events: [], droppedLinksCount: 0, traceState: '', status: {} })),
  ).toEqual([]);
});

const mistakes = {
  'an unknown field': [{ spanKind: 3 }, /spanKind: unknown field/],
  'the name of the .proto file': [{ trace_state: 'a=1' }, /trace_state: unknown field/],
  'the name of an enum': [{ kind: 'SPAN_KIND_CLIENT' }, /kind: "SPAN_KIND_CLIENT" is read as 3/],
  'a number as text': [{ flags: '257' }, /flags: "257" is read as 257/],
  'a time as a number': [{ startTimeUnixNano: 1795206600123 }, /startTimeUnixNano/],
  'a time with an exponent': [{ startTimeUnixNano: '1.79e+18' }, /startTimeUnixNano/],
  'text as a number': [{ name: 7 }, /name: 7 is read as "7"/],
  null: [{ status: null, name: null }, /name: null/],
  'an id in base64': [{ traceId: 'S/kvNXezTaajzpKdDg5HNg==' }, /traceId: must be 32/],
  'an id in upper case': [{ spanId: '00F067AA0BA902B7' }, /spanId: must be 16/],
  'an id of zeros': [{ parentSpanId: '0000000000000000' }, /parentSpanId: must not be all zero/],
  'bare attributes': [{ attributes: { size: 1 } }, /attributes: array expected/],
  'two values': [
    { attributes: [{ key: 'a', value: { intValue: '1', stringValue: '1' } }] },
    /multiple values/,
  ],
  'an integer with a fraction': [{ attributes: [{ key: 'a', value: { intValue: '1.5' } }] }, /intValue/],
  'a double as text': [{ attributes: [{ key: 'a', value: { doubleValue: '1.5' } }] }, /doubleValue/],
};

for (const [what, [changes, problem]] of Object.entries(mistakes)) {
  test(`${what} is reported`, () => {
    expect(traceProblems(requestWith(changes)).join('\n')).toMatch(problem);
  });
}
