import { expect, test } from 'vitest';
import type { SpanRecord } from '../../../src/types.js';
import { traceProblems } from '../../conformance/proto/otlp-proto.mjs';
import { createFakeTransport, makeBuffer } from '../support/make-buffer.js';
import { makePipeline } from '../support/make-pipeline.js';
import { createRecord } from '../support/records.js';

/** What arrives behind the processors, and why the others do not. */
const run = (processors: unknown[], spans: SpanRecord[]) => {
  const taken: SpanRecord[] = [];
  const dropped: string[] = [];
  const finish = makePipeline(processors, {
    add: (span) => void taken.push(span),
    drop: (reason) => void dropped.push(reason),
  });
  for (const span of spans) finish(span);
  return { taken, dropped };
};

test('without processors a span goes on as it is', () => {
  const span = createRecord();

  expect(run([], [span])).toEqual({ taken: [span], dropped: [] });
});

test('processors run in order, each on what the one before has made', () => {
  const add = (letter: string) => (span: SpanRecord) => ({ ...span, name: span.name + letter });

  const { taken } = run([add('a'), add('b'), add('c')], [createRecord({ name: '' })]);

  expect(taken.map(({ name }) => name)).toEqual(['abc']);
});

test('a span that a processor drops is counted, and no further processor sees it', () => {
  const seen: string[] = [];
  const isWanted = (span: SpanRecord) => (span.name === 'b' ? span : undefined);
  const watch = (span: SpanRecord) => {
    seen.push(span.name);
    return span;
  };

  const { taken, dropped } = run(
    [isWanted, watch],
    [createRecord({ name: 'a' }), createRecord({ name: 'b' })],
  );

  expect(taken.map(({ name }) => name)).toEqual(['b']);
  expect(seen).toEqual(['b']);
  expect(dropped).toEqual(['processor']);
});

test('a processor that throws drops nothing', () => {
  const fail = () => {
    throw new Error('a fault of the application');
  };
  const rename = (span: SpanRecord) => ({ ...span, name: 'renamed' });

  const { taken, dropped } = run([fail, rename, fail], [createRecord()]);

  expect(taken.map(({ name }) => name)).toEqual(['renamed']);
  expect(dropped).toEqual([]);
});

test.each([42, 'text', null, {}])('a processor that is %j drops nothing', (processor) => {
  const span = createRecord();

  expect(run([processor], [span]).taken).toEqual([span]);
});

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

// A filter says true or false, an async function a promise; a careless hand puts anything into a span.
test.each<[string, (span: SpanRecord) => unknown]>([
  ['true', () => true],
  ['a number', () => 7],
  ['an empty object', () => ({})],
  ['a promise', async (span) => span],
  ['a span without attributes', (span) => ({ ...span, attributes: undefined })],
  ['a span without ids', (span) => ({ ...span, traceId: undefined, spanId: null })],
  ['a Symbol as attribute', (span) => ({ ...span, attributes: { a: Symbol('a') } })],
  ['a BigInt as attribute', (span) => ({ ...span, attributes: { a: 1n } })],
  ['an object as attribute', (span) => ({ ...span, attributes: { a: { b: 1 } } })],
  ['null in a list', (span) => ({ ...span, attributes: { a: ['x', null] } })],
  ['an attribute without prototype', (span) => ({ ...span, attributes: { a: Object.create(null) } })],
  ['a circle', (span) => ({ ...span, attributes: { a: cyclic } })],
  ['times that are none', (span) => ({ ...span, startTime: Number.NaN, endTime: 'now' })],
  ['no name', (span) => ({ ...span, name: undefined })],
  ['events that are none', (span) => ({ ...span, events: [null, {}] })],
])('a processor that makes %s of one span costs no other span', async (_, spoil) => {
  const transport = createFakeTransport();
  const { buffer } = makeBuffer(transport);
  const spoilOne = (span: SpanRecord) => (span.name === 'spoil me' ? spoil(span) : span);
  const finish = makePipeline([spoilOne], buffer);

  for (const name of ['before', 'spoil me', 'after']) finish(createRecord({ name }));
  await buffer.flush();
  await buffer.flush();

  // A collector refuses a whole body for one mistake in it.
  for (const { body } of transport.requests) expect(traceProblems(JSON.parse(body))).toEqual([]);
  const bodies = transport.requests.map(({ body }) => body).join();
  expect(bodies).toMatch(/"before".*"after"|"after".*"before"/);
  const { sent, waiting, dropped } = buffer.counts();
  expect(sent + waiting + Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(3);
});
