import type { Route } from 'playwright/test';
import { needs } from '../support/engines.js';
import { expect, type Scene, test } from './support/fixtures.js';

/** How a browser can fail a request, in Playwright's names. */
const FAILURES = [
  'accessdenied addressunreachable blockedbyclient blockedbyresponse connectionaborted connectionclosed',
  'connectionfailed connectionrefused connectionreset internetdisconnected namenotresolved timedout failed',
].flatMap((line) => line.split(' '));

test('a network that fails each request in another way', async ({ scene }) => {
  const failures = [...FAILURES];
  await scene.page.route('**/v1/traces', (route: Route) => {
    const failure = failures.shift();
    return failure ? route.abort(failure) : route.continue();
  });
  await scene.open();
  await scene.work(['one', 'two', 'three']);
  for (let turn = 0; turn < 60 && failures.length; turn++) {
    // Which makes it try at once: the waits in between are those of another row.
    await scene.page.evaluate(() => dispatchEvent(new Event('online')));
    await scene.pass(500);
  }
  await scene.drain();

  expect(failures).toEqual([]);
  expect(scene.attempts()).toBeLessThanOrEqual(2 * FAILURES.length);
  await scene.finish();
});

/** The browser takes its time to go off and on line. */
const setOffline = async ({ context, page }: Scene, isOffline: boolean): Promise<void> => {
  await context.setOffline(isOffline);
  const isReached = () =>
    page.evaluate(() =>
      fetch('/api/tick')
        .then(({ ok }) => ok)
        .catch(() => false),
    );
  await expect.poll(isReached).toBe(!isOffline);
};

test('a browser that is off line, and on again', async ({ scene }) => {
  await scene.open();
  await setOffline(scene, true);
  for (const name of ['one', 'two', 'three']) await scene.span(name);
  // As without the agent.
  const failed = await scene.page.evaluate(() => fetch('/api/page').catch((error) => error.message));
  expect(failed).toMatch(/^(Failed to fetch|NetworkError when attempting to fetch resource\.)$/);
  await scene.pass(5000);
  expect((await scene.stats()).sent).toBe(0);

  await setOffline(scene, false);
  await scene.work(['afterwards']);
  await scene.drain();
  await scene.finish();
});

test('a network that is cut while a request is under way', async ({ scene }) => {
  scene.collector.answer({ when: 'released' });
  await scene.open();
  await scene.work(['one', 'two', 'three']);
  await scene.pass(1000);
  await scene.collector.waitForRequest();
  await setOffline(scene, true);
  await scene.pass(1000);
  expect((await scene.stats()).sent).toBe(0);

  scene.collector.answer('ok');
  scene.collector.release();
  await setOffline(scene, false);
  await scene.work(['afterwards']);
  await scene.drain();
  await scene.finish({ isRepeated: true });
});

test('a network that is slow and narrow', async ({ scene }) => {
  needs('the DevTools protocol');
  await scene.open({}, 'runs');
  const client = await scene.context.newCDPSession(scene.page);
  const narrow = { offline: false, latency: 300, downloadThroughput: 8000, uploadThroughput: 8000 };
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', narrow);
  await scene.work(['one', 'two', 'three']);

  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish();
});

test('a collector that a policy of the page forbids', async ({ scene }) => {
  const { origin } = scene.collector;
  const policy = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`;
  await scene.open({ tag: { endpoint: origin }, head: policy });
  await scene.work(['one', 'two', 'three']);
  await scene.pass(5000);

  expect(scene.collector.requests()).toEqual([]);
  await scene.finish({ missing: ['one', 'two', 'three'], waiting: expect.any(Number) });
});

const SPAN_TOTAL = 1800;

test('a collector that is dead for an hour', async ({ scene }) => {
  needs('the DevTools protocol');
  const { page, collector } = scene;
  collector.answer('reset');
  await scene.open({ tag: { 'max-spans-per-minute': 6000 } });
  const client = await scene.context.newCDPSession(page);
  const heap = async (): Promise<number> => {
    for (let round = 0; round < 2; round++) await client.send('HeapProfiler.collectGarbage');
    return (await client.send('Runtime.getHeapUsage')).usedSize;
  };
  const before = await heap();
  // One span each two seconds.
  await page.evaluate((total) => {
    for (let number = 0; number < total; number++)
      setTimeout(() => rootspan('span', 'tick', () => {}), number * 2000);
  }, SPAN_TOTAL);
  await scene.pass(3_600_000, 60_000);

  const { recorded, sent, waiting, dropped } = await scene.stats();
  expect(recorded).toBeGreaterThanOrEqual(SPAN_TOTAL);
  expect([sent, waiting + (dropped.queue_full ?? 0)]).toEqual([0, recorded]);
  expect(scene.attempts(), 'requests of the hour').toBeLessThanOrEqual(60);
  expect((await heap()) - before, 'bytes that the hour has cost').toBeLessThan(3 * 1024 * 1024);

  collector.answer('ok');
  await scene.drain();
  await scene.work(['afterwards']);
  await scene.drain();
  const { arrived } = await scene.finish({ dropped: { queue_full: expect.any(Number) }, isMany: true });
  expect(arrived).toBeGreaterThanOrEqual(waiting);
});
