import { expect, test } from './support/fixtures.js';

const HOUR = 3_600_000;
/** What happens to the wall clock; `performance.now()` goes on as if nothing were. */
const JUMPS: Record<string, number> = {
  'goes two hours forward, as after sleep': 2 * HOUR,
  'goes an hour back': -HOUR,
  'goes back to 1970': -Date.now(),
  'goes thirty years forward': 30 * 365 * 24 * HOUR,
};

const WALL = `<script>{
  const { now } = Date;
  Date.now = () => now() + (window.jump || 0);
}</script>`;

for (const [name, jump] of Object.entries(JUMPS)) {
  test(`a clock that ${name}`, async ({ scene, collector }) => {
    await scene.open({ head: WALL }, 'runs');
    await scene.work(['before']);
    const [from, to] = await scene.page.evaluate((by) => {
      const open = rootspan('startSpan', 'over the jump') as { end(): void };
      Object.assign(window, { jump: by });
      const now = Date.now();
      open.end();
      return [now, now + 60_000];
    }, jump);
    await scene.work(['after']);
    await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
    await scene.finish({ isMany: true });

    const spans = collector.spans();
    expect(spans.filter(({ startTime, endTime }) => endTime < startTime)).toEqual([]);
    const over = await collector.waitForSpan((span) => span.name === 'over the jump');
    expect(over.endTime - over.startTime).toBeLessThan(10_000);
    const after = spans.find((span) => span.name === 'after');
    // At 1970 no time is one; the agent then goes on from its own.
    if (from && from > 60_000) expect(after?.startTime).toBeGreaterThanOrEqual(from - 1000);
    if (from && from > 60_000) expect(after?.startTime).toBeLessThan(to ?? 0);
  });
}

test('a clock that jumps while the collector is dead', async ({ scene }) => {
  scene.collector.answer('reset');
  await scene.open();
  await scene.work(['one']);
  await scene.pass(3000);
  for (const hours of [5, -8, 3]) {
    await scene.page.clock.setSystemTime(Date.now() + hours * HOUR);
    await scene.pass(3000);
  }
  expect(scene.attempts()).toBeLessThanOrEqual(20);

  scene.collector.answer('ok');
  await scene.work(['two']);
  await scene.drain();
  await scene.finish();
});
