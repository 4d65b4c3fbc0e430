import { expect, type Scene, test } from './support/fixtures.js';

/** Where a body goes that the collector sends on; no collector is there. */
const ELSEWHERE = '/sign-in';

for (const status of [301, 302, 303]) {
  test(`a collector that sends on to a page with ${status}: nothing counts as sent`, async ({ scene }) => {
    // Such an answer makes a GET of the POST: the body goes nowhere.
    scene.collector.answer({ status, headers: { Location: ELSEWHERE } });
    scene.site.page(ELSEWHERE, '<!doctype html>Sign in');
    await scene.open();
    await scene.work(['one', 'two', 'three']);
    await scene.pass(3000);
    expect((await scene.stats()).sent).toBe(0);
    await scene.drain();

    await scene.finish({ missing: ['one', 'two', 'three'], dropped: { rejected: expect.any(Number) } });
  });
}

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

const WAITING = 400;
const BEACON = `<script>addEventListener('pagehide', () => {
  sessionStorage.beacon = navigator.sendBeacon('/api/beacon', 'x'.repeat(32 * 1024 - 200));
})</script>`;

test(`of ${WAITING} spans that wait as a page is left 95 % arrive, each once`, async ({ scene, site }) => {
  await scene.open({ body: BEACON, tag: { 'flush-interval': 600_000 } }, 'runs');
  await scene.page.evaluate((count) => {
    for (let number = 0; number < count; number++) rootspan('span', `step ${number}`, () => {});
  }, WAITING);
  await scene.page.goto(`${site.origin}/?next`);
  expect(await scene.page.evaluate(() => sessionStorage.beacon)).toBe('true');
  await scene.page.evaluate(() => rootspan('flush'));

  const steps = () => scene.collector.spans().filter(({ name }) => name.startsWith('step'));
  await expect.poll(() => new Set(steps().map(({ spanId }) => spanId)).size).toBeGreaterThanOrEqual(380);
  await scene.finish({ isMany: true, waiting: expect.any(Number), gone: WAITING / 20 });
});
