import { FINAL, TAKEN } from './rows/collector.js';
import { expect, type Scene, test } from './support/fixtures.js';

/** What Chromium asks for once more by itself. */
const BY_BROWSER = [408, 421];

/** One page lives through all of them. Gives the names of the spans. */
const liveThrough = async (scene: Scene, statuses: number[], isTaken: boolean): Promise<string[]> => {
  await scene.open();
  const names: string[] = [];
  for (const status of statuses) {
    scene.collector.answer({ status });
    names.push(`after ${status}`);
    await scene.span(`after ${status}`);
    // After a refusal the agent waits as after a failure, until the network is back.
    await scene.page.evaluate(() => dispatchEvent(new Event('online')));
    const { sent, waiting, dropped } = await scene.drain();
    const seen = { waiting, isSent: sent > 0, isDropped: (dropped.rejected ?? 0) > 0 };
    expect.soft(seen, `${status}`).toEqual({ waiting: 0, isSent: isTaken, isDropped: !isTaken });
  }
  scene.collector.answer('ok');
  await scene.work(['afterwards']);
  await scene.drain();
  return names;
};

test(`a collector that takes spans with each of ${TAKEN}`, async ({ scene }) => {
  await liveThrough(scene, TAKEN, true);
  await scene.finish();
});

test(`a collector that refuses spans with each of ${FINAL.length} final statuses`, async ({ scene }) => {
  const missing = await liveThrough(scene, FINAL, false);
  await scene.finish({ missing, dropped: { rejected: expect.any(Number) } });
  // Nothing was tried again, but by the browser itself, as the connection may have timed out, and without gzip.
  const attempts = scene.collector
    .requests()
    .filter(({ answer }) => !BY_BROWSER.includes(answer.status ?? 200))
    .filter(({ headers }) => headers['content-encoding'] !== 'gzip');
  const ids = attempts.flatMap(({ spans }) => spans.map(({ spanId }) => spanId));
  expect(new Set(ids).size).toBe(ids.length);
});
