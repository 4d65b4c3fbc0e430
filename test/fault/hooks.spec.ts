import { expect, test } from './support/fixtures.js';

/** A function of the user's that throws; the rest has to go on. */
const THROW = "() => { throw new Error('of a hook') }";
const THROWN: Record<string, string> = {
  attributes: `attributes: ${THROW}`,
  'a getter in attributes': `attributes: { get shop() { throw new Error('of a hook') } }`,
  processors: `processors: [${THROW}, ${THROW}]`,
  redactUrl: `redactUrl: ${THROW}`,
  routeName: `routeName: ${THROW}`,
  sampler: `sampler: ${THROW}`,
  'propagateTo as a function': `propagateTo: [${THROW}]`,
  'propagateTo with a RegExp that throws': `propagateTo: [Object.assign(/x/, { test: ${THROW}, exec: ${THROW} })]`,
  neverPropagateTo: `neverPropagateTo: [${THROW}]`,
  ignoreUrls: `ignoreUrls: [/tick|rootspan|favicon/, ${THROW}]`,
  describeRequest: `describeRequest: ${THROW}`,
  'session.storage': `session: { storage: { getItem: ${THROW}, setItem: ${THROW}, removeItem: ${THROW} } }`,
  'session.storage that is full': `session: { storage: { getItem: () => null, setItem: ${THROW}, removeItem() {} } }`,
  'session.storage that lies': `session: { storage: { getItem: () => '{"id":1}', setItem() {}, removeItem() {} } }`,
  propagators: `propagators: [{ fields: ['x-own'], inject: ${THROW} }]`,
};

for (const [name, config] of Object.entries(THROWN)) {
  test(`a hook that throws: ${name}`, async ({ scene, collector }) => {
    await scene.open({ config }, 'runs');
    await scene.work(['one', 'two', 'three']);
    await expect.poll(async () => (await scene.stats()).waiting).toBe(0);

    // The spans of the page's own requests and of its load are there as well.
    const scopes = ['rootspan/custom', 'rootspan/document', 'rootspan/fetch', 'rootspan/xhr'];
    await expect
      .poll(() => [...new Set(collector.spans().map(({ scope }) => scope))])
      .toEqual(expect.arrayContaining(scopes));
    await scene.finish();
  });
}

test('a processor that returns what is no span', async ({ scene }) => {
  const config = `processors: [(span) => span.name === 'two' ? { name: 1n } : span]`;
  await scene.open({ config }, 'runs');
  await scene.work(['one', 'two', 'three']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish({ missing: ['two'], dropped: { encoding: 1 } });
});

test('a processor that drops some', async ({ scene }) => {
  await scene.open({ config: `processors: [(span) => span.name === 'two' ? undefined : span]` }, 'runs');
  await scene.work(['one', 'two', 'three']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish({ missing: ['two'], dropped: { processor: 1 } });
});

test('a processor that keeps, freezes and changes spans later', async ({ scene }) => {
  const config = `processors: [(span) => { setTimeout(() => { span.name = null; span.attributes = 7 }); return Object.freeze(span); }]`;
  await scene.open({ config }, 'runs');
  await scene.work(['one', 'two', 'three']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await scene.finish();
});

/** The active span is the user's own matter: without one, spans begin as if none were active. */
const CONTEXT = `context: { active: ${THROW}, with: (span, fn) => fn(), bind: (fn) => fn, resume: ${THROW}, resumeIn: ${THROW}, start: ${THROW} }`;

test('a hook that throws: context', async ({ scene, collector }) => {
  await scene.open({ config: CONTEXT }, 'runs');
  await scene.work(['one', 'two', 'three']);
  await expect.poll(async () => (await scene.stats()).waiting).toBe(0);
  await collector.waitForSpan(({ scope }) => scope === 'rootspan/fetch');
  await scene.finish();
});
