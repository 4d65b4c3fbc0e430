import { expect, type Scene, test } from './support/fixtures.js';

for (const status of [307, 308]) {
  test(`a collector that has moved, as ${status} says`, async ({ scene }) => {
    const moved = { status, headers: { Location: '/v1/traces' } };
    scene.collector.answer([moved, 'ok', moved, 'ok']);
    await scene.open();
    await scene.work(['one', 'two', 'three']);
    await scene.drain();
    await scene.finish();
  });
}

/** How many requests there are in the first and in the second ten seconds that the collector asks to wait. */
const attemptsWhileAsked = async (scene: Scene, text: string): Promise<number[]> => {
  scene.collector.answer({ status: 503, headers: { 'Retry-After': text } });
  await scene.work(['one', 'two', 'three']);
  await scene.pass(2000);
  const first = scene.attempts();
  await scene.pass(14_000, 1000);
  return [first, scene.attempts()];
};

test('a collector that asks to come again at a date', async ({ scene }) => {
  await scene.open();
  const now = await scene.page.evaluate(() => Date.now());
  const [first, later] = await attemptsWhileAsked(scene, new Date(now + 30_000).toUTCString());
  expect(first).toBeGreaterThan(0);
  expect(later).toBe(first);

  scene.collector.answer('ok');
  await scene.drain();
  await scene.finish();
});

test('a flush while a request is under way sends what came after it', async ({ scene }) => {
  scene.collector.answer([{ when: 'released' }, 'ok']);
  await scene.open({ tag: { 'flush-interval': 600_000 } });
  await scene.span('one');
  await scene.page.evaluate(() => void rootspan('flush'));
  await scene.collector.waitForRequest();
  await scene.span('two');
  const flushed = scene.page.evaluate(() => rootspan('flush'));
  scene.collector.release();
  await flushed;

  await scene.finish({ waiting: expect.any(Number) });
});
