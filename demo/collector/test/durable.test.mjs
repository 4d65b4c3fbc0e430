import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../store/store.mjs';
import { startProcess } from './process.mjs';
import { hex, JSON_TYPE, request, span } from './support.mjs';

const temporaryFile = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'collector-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'spans.duckdb');
};

const post = (url, spans) =>
  fetch(`${url}/v1/traces`, {
    method: 'POST',
    body: JSON.stringify(request(spans)),
    headers: { 'Content-Type': JSON_TYPE },
  });

const storedIn = async (file) => {
  const store = await openStore(file);
  const rows = await store.read('SELECT span_id FROM spans');
  await store.close();
  return new Set(rows.map(({ span_id }) => span_id));
};

test('what was acknowledged survives kills amid writing, by eight writers at once', async () => {
  const file = await temporaryFile();
  const acknowledged = [];
  let next = 1;
  /** Sends batches until the collector is gone. */
  const write = async (url) => {
    for (;;) {
      const ids = Array.from({ length: 20 }, () => next++);
      const response = await post(
        url,
        ids.map((id) => span({ id })),
      ).catch(() => undefined);
      if (!response) return;
      if (response.ok) acknowledged.push(...ids.map((id) => hex(id, 16)));
    }
  };

  for (const goal of [500, 1000]) {
    const { url, child, ended } = await startProcess({ file });
    const writers = Array.from({ length: 8 }, () => write(url));
    const kill = setInterval(() => acknowledged.length > goal && child.kill('SIGKILL'), 1);
    await Promise.all([ended, ...writers]);
    clearInterval(kill);
  }

  const stored = await storedIn(file);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(1000);
  // Each of the kills came while a batch was on its way.
  expect(next - 1).toBeGreaterThan(acknowledged.length);
});

const MIB = 1024 * 1024;

// Where the disk is full as a batch is written, and where it is as DuckDB moves 16 MiB of batches to their place: upon
// that it refuses everything until it is opened again. Other systems than Linux cannot widen the limit of a process.
test.runIf(process.platform === 'linux').each([4, 18])(
  'a disk that is full at %d MiB is told as 503, loses nothing that was acknowledged, and is over with its reason',
  async (size) => {
    const file = await temporaryFile();
    const { url, freeDisk, child, ended } = await startProcess({ file, fileLimit: size * MIB });
    const acknowledged = [];
    let next = 1;
    const sendBatch = async () => {
      const ids = [next++, next++];
      // Random, so that the database cannot make it small.
      const random = randomBytes(MIB).toString('base64');
      const response = await post(
        url,
        ids.map((id) => span({ id, attributes: { random } })),
      );
      if (response.ok) acknowledged.push(...ids.map((id) => hex(id, 16)));
      return response;
    };

    let response = await sendBatch();
    while (response.ok) response = await sendBatch();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await sendBatch()).status).toBe(503);
    await freeDisk();
    expect((await sendBatch()).status).toBe(200);
    child.kill('SIGTERM');
    await ended;

    const stored = await storedIn(file);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  },
);
