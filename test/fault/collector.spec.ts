import { createServer, type Server } from 'node:http';
import type { Stats } from '../../src/types.js';
import { COLLECTOR_ROWS, type CollectorRow } from './rows/collector.js';
import { expect, type Scene, test } from './support/fixtures.js';

for (const row of COLLECTOR_ROWS) {
  test(`a collector that ${row.name}: spans are ${row.fate}`, async ({ scene }) => {
    const { collector, site } = scene;
    if (row.answer === 'dead') await collector.stop();
    else collector.answer(row.answer);
    const endpoint = row.isForeign || row.answer === 'dead' ? collector.origin : site.origin;
    await scene.open({ tag: { endpoint } });
    await scene.work(['one', 'two', 'three']);
    await scene.pass(row.lasts ?? 3000);
    // A long answer takes its time.
    const during = row.fate === 'kept' ? await scene.stats() : await scene.drain();
    checkFate(scene, row, during);

    const revived = row.answer === 'dead' ? await revive(collector.origin, collector.handle) : undefined;
    collector.answer('ok');
    collector.release();
    await scene.answered();
    await scene.work(['afterwards']);
    await scene.drain();

    const isDropped = row.fate === 'rejected' || row.fate === 'partly';
    await scene.finish({
      missing: row.fate === 'rejected' ? ['one', 'two', 'three'] : [],
      ...(isDropped && { dropped: { rejected: expect.any(Number) } }),
      isRepeated: !!row.isRepeated,
    });
    revived?.closeAllConnections();
    revived?.close();
  });
}

/** What the page knows while the fault lasts. */
const checkFate = (scene: Scene, { fate, attempts = [1, 14] }: CollectorRow, during: Stats): void => {
  const { recorded } = during;
  // Three spans and the requests of the page; its load, and a long frame where the machine is slow.
  expect(recorded).toBeGreaterThanOrEqual(5);
  expect(during).toMatchObject(
    {
      kept: { sent: 0, waiting: recorded, dropped: {} },
      rejected: { sent: 0, waiting: 0, dropped: { rejected: recorded } },
      sent: { sent: recorded, waiting: 0, dropped: {} },
      partly: { waiting: 0, dropped: { rejected: expect.any(Number) } },
    }[fate],
  );
  expect(scene.attempts(), 'attempts while the fault lasts').toBeGreaterThanOrEqual(attempts[0]);
  expect(scene.attempts(), 'attempts while the fault lasts').toBeLessThanOrEqual(attempts[1]);
};

/** A server on the very port that was dead. */
const revive = (origin: string, handle: Parameters<typeof createServer>[1]): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(handle as () => void);
    server.listen(Number(new URL(origin).port), '127.0.0.1', () => resolve(server));
  });
