import { expect, test } from 'vitest';
import { makeBuffer } from '../unit/support/make-buffer.js';
import { makeTransport } from '../unit/support/make-transport.js';
import { createRecords } from '../unit/support/records.js';
import { readVector, readVectorText } from './read-vectors.js';

const { responses } = readVector<{ responses: { file: string }[] }>('otlp-json/index.json');

/** What becomes of three spans when the collector answers so, first, and then accepts all. */
const send = async (status: number, body: string, headers: Record<string, string> = {}) => {
  const { transport, time, calls, answers } = makeTransport();
  answers.push(
    () => new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }),
  );
  const { buffer } = makeBuffer(transport, { time });
  for (const span of createRecords(3)) buffer.add(span);

  await buffer.flush();
  const first = buffer.counts();
  await time.pass(60_000);
  return { first, last: buffer.counts(), requests: calls.length };
};

const sent = (count: number, rejected = 0) => ({
  recorded: 3,
  sent: count,
  waiting: 0,
  stored: 0,
  dropped: rejected ? { rejected } : {},
});

const expected: Record<string, { status: number; first: object; last: object; requests: number }> = {
  'full-success': { status: 200, first: sent(3), last: sent(3), requests: 1 },
  'full-success-empty-partial': { status: 200, first: sent(3), last: sent(3), requests: 1 },
  'partial-success': { status: 200, first: sent(1, 2), last: sent(1, 2), requests: 1 },
  'partial-success-number': { status: 200, first: sent(1, 2), last: sent(1, 2), requests: 1 },
  warning: { status: 200, first: sent(3), last: sent(3), requests: 1 },
  // The same transport sends log records: what was rejected is of the kind that was sent.
  'logs-partial-success': { status: 200, first: sent(2, 1), last: sent(2, 1), requests: 1 },
  'status-400': { status: 400, first: sent(0, 3), last: sent(0, 3), requests: 1 },
  'status-503': { status: 503, first: { ...sent(0), waiting: 3 }, last: sent(3), requests: 2 },
};

test('all responses are there', () => {
  expect(responses.map(({ file }) => file.replace(/.*\/|\.json/g, '')).sort()).toEqual(
    Object.keys(expected).sort(),
  );
});

for (const [name, { status, ...outcome }] of Object.entries(expected)) {
  test(`the answer ${status} ${name} is understood`, async () => {
    expect(await send(status, readVectorText(`otlp-json/responses/${name}.json`))).toEqual(outcome);
  });
}

test.each([
  ['an empty body', 200, '', sent(3)],
  ['a page of a proxy', 200, '<html>ok</html>', sent(3)],
  ['a page of a proxy', 502, '<html>bad gateway</html>', { ...sent(0), waiting: 3 }],
  ['a page of a proxy', 413, '<html>too large</html>', sent(0, 3)],
  ['cut JSON', 200, '{"partialSuccess":{"rejectedSp', sent(3)],
  [
    'a number beyond all spans',
    200,
    '{"partialSuccess":{"rejectedSpans":"9223372036854775807"}}',
    sent(0, 3),
  ],
])('%s with status %i: the status decides', async (_, status, body, first) => {
  expect((await send(status, body)).first).toEqual(first);
});

test('the wait that a 429 asks for is kept', async () => {
  const { first, last, requests } = await send(429, '{"code":8}', { 'retry-after': '90' });

  expect([first.waiting, last.waiting, requests]).toEqual([3, 3, 1]);
});
