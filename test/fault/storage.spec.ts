import { expect, type Scene, test } from './support/fixtures.js';

/** Before the page's scripts: what becomes of its storage. */
const BROKEN: Record<string, string> = {
  'is full': `for (let size = 4 << 20; size; size >>= 1)
    for (const store of [localStorage, sessionStorage])
      try { for (let n = 0; ; n++) store.setItem('page ' + size + ' ' + n, 'x'.repeat(size)) } catch {}`,
  'is blocked': `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('blocked', 'SecurityError') } })`,
  'is not there': `for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { value: null })`,
  'can be read, not written': `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`,
  'forgets at once': `Storage.prototype.setItem = () => {}`,
  'gives what is no text': `Storage.prototype.getItem = () => ({ toString() { throw new Error('page') } })`,
  'cannot be cleared': `Storage.prototype.removeItem = () => { throw new Error('page') }`,
};

const settle = async (scene: Scene): Promise<void> => {
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
};

for (const [name, script] of Object.entries(BROKEN)) {
  test(`a storage that ${name}`, async ({ scene }) => {
    await scene.open({ head: `<script>{${script}}</script>` }, 'runs');
    await scene.work(['one', 'two', 'three']);
    await settle(scene);
    const scopes = ['rootspan/custom', 'rootspan/document', 'rootspan/fetch', 'rootspan/xhr'];
    await expect
      .poll(() => [...new Set(scene.collector.spans().map(({ scope }) => scope))])
      .toEqual(expect.arrayContaining(scopes));
    await scene.finish();
  });
}

const FOREIGN = [
  '',
  'null',
  '[]',
  '{',
  '{}',
  '"text"',
  '1',
  'true',
  '{"id":"x"}',
  `{"id":${'['.repeat(2000)}`,
];
const POISON = [
  '{"__proto__":{"sampled":false},"id":{},"startTime":"x"}',
  `{"id":"${'0'.repeat(36)}","random":"${'0'.repeat(14)}","startTime":1e308,"lastActive":1e308,"sampleRate":0}`,
  `{"id":"${'<script>'.repeat(9000)}","random":null,"startTime":-1,"lastActive":null,"sampleRate":7}`,
];

test('a storage in which everything of ours is corrupt', async ({ scene }) => {
  await scene.open({}, 'runs');
  for (const [number, text] of [...FOREIGN, ...POISON].entries()) {
    await scene.page.evaluate((value) => {
      for (const key of Object.keys(localStorage)) {
        if (/^rootspan/.test(key)) localStorage.setItem(key, value);
      }
    }, text);
    // In the page that wrote it, and in the next one.
    await scene.span(`in the same page ${number}`);
    await scene.page.reload();
    await scene.work([`in the next page ${number}`]);
  }
  await settle(scene);
  await scene.finish();
});

test('a storage that is cleared in the middle', async ({ scene }) => {
  await scene.open({}, 'runs');
  await scene.work(['one']);
  await scene.page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await scene.work(['two']);
  await scene.page.reload();
  await scene.work(['three']);
  await settle(scene);
  await scene.finish();
});

test('a page in a sandboxed frame, which has no storage at all', async ({ scene, site, collector }) => {
  site.serve('/framed', {
    config: `endpoint: '${collector.origin}'`,
    body: `<script>
      rootspan('span', 'in a frame', () => {});
      addEventListener('error', (event) => parent.postMessage(event.message, '*'));
      setInterval(() => parent.postMessage(rootspan('stats'), '*'), 100);
    </script>`,
  });
  const told = '<script>var told; onmessage = ({ data }) => { told = data }</script>';
  await scene.open({ head: told, body: '<iframe sandbox="allow-scripts" src="/framed"></iframe>' }, 'runs');
  await scene.work(['one']);

  await collector.waitForSpan(({ name }) => name === 'in a frame');
  await expect.poll(() => scene.page.evaluate('told')).toMatchObject({ waiting: 0, dropped: {} });
});
