import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSpans } from '../ingest/records.mjs';
import { openStore, StoreFailed } from '../store/store.mjs';
import { startProcess } from './process.mjs';
import { eachWithCollector, hex, query, request, restart, send, span, traceIdOf } from './support.mjs';

eachWithCollector();

const temporaryFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'collector-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'nested', 'spans.duckdb');
};

test('a span sent again is stored once, and the first copy stays', async () => {
  await send([span({ name: 'first' }), span({ name: 'twin' })]);
  await send([span({ name: 'second' }), span({ id: 2 })]);

  const { spans } = await query(`traces/${traceIdOf(1)}`);
  expect(spans.map(({ name }) => name)).toEqual(['first', 'span']);
});

test('fifty requests at once are all committed, each span once', async () => {
  const batches = Array.from({ length: 50 }, (_, batch) =>
    Array.from({ length: 20 }, (_, index) => span({ trace: 1 + (batch % 25), id: 1 + index })),
  );

  await Promise.all(batches.map((spans) => send(spans)));

  expect(await query('stats')).toMatchObject({ spans: 500, traces: 25 });
});

test('a restart keeps everything, and still knows what it has', async () => {
  const file = await temporaryFile();
  await restart({ file });
  await send([span({ trace: 3, attributes: { kept: 'yes' } }), { ...span({}), spanId: 'bad' }]);

  await restart({ file });
  await send([span({ trace: 3 })]);

  const { spans } = await query(`traces/${traceIdOf(3)}`);
  expect(spans.map(({ attributes }) => attributes.kept)).toEqual(['yes']);
  expect(await query('stats')).toMatchObject({ spans: 1, rejected: 1 });
});

test('a batch that fails leaves nothing behind, and the next one is kept', async () => {
  const committed = [];
  const store = await openStore(':memory:', (batch) => committed.push(batch));
  onTestFinished(() => store.close());
  const { accepted } = readSpans(request([span({ id: 1 }), span({ id: 2 })]));
  const broken = { ...accepted[1], start: 'never' };

  await expect(store.write({ traces: [accepted[0], broken], rejected: 0, bytes: 1 })).rejects.toThrow(
    StoreFailed,
  );
  await store.write({ traces: [accepted[1]], rejected: 0, bytes: 1 });

  expect(await store.read('SELECT span_id, (SELECT bytes FROM totals) AS bytes FROM spans')).toEqual([
    { span_id: hex(2, 16), bytes: 1n },
  ]);
  expect(committed).toHaveLength(1);
});

test('what waits together with a batch that fails is kept', async () => {
  const committed = [];
  const store = await openStore(':memory:', (batch) => committed.push(...batch.traces));
  onTestFinished(() => store.close());
  const { accepted } = readSpans(request([1, 2, 3, 4].map((id) => span({ id }))));
  const broken = { ...accepted[2], start: 'never' };
  const write = (span) => store.write({ traces: [span], rejected: 0, bytes: 1 });

  // While the first is written, the others wait, and are joined.
  const ends = await Promise.allSettled([accepted[0], accepted[1], broken, accepted[3]].map(write));

  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(ends[2].reason).toBeInstanceOf(StoreFailed);
  const kept = [1, 2, 4].map((id) => hex(id, 16));
  expect(
    (await store.read('SELECT span_id FROM spans ORDER BY span_id')).map(({ span_id }) => span_id),
  ).toEqual(kept);
  expect(committed.map(({ spanId }) => spanId)).toEqual(kept);
});

test('SIGTERM ends the process with code 0', async () => {
  const { child, ended } = await startProcess({ file: await temporaryFile() });

  child.kill('SIGTERM');

  expect(await ended).toBe(0);
});
