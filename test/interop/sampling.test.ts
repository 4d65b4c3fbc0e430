import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { SpanRecord } from '../../src/types.js';
import { type CollectorOptions, documented, startCollector } from './support/collector.js';
import { expectSame } from './support/compare.js';
import { type Site, startSite } from './support/site.js';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site?.stop());

const collectorFor = async (options: Omit<CollectorOptions, 'allowedOrigin'>) => {
  const collector = await startCollector({ allowedOrigin: site.origin, ...options });
  onTestFinished(() => collector.stop());
  return collector;
};

test('tail sampling keeps traces with errors and slow ones whole, though they come in several batches', async () => {
  const collector = await collectorFor({
    changes: {
      // Longer than the agent's flush interval, as the documents ask for; here that is 100 ms.
      'decision_wait: 35s': 'decision_wait: 3s',
      'sampling_percentage: 10': 'sampling_percentage: 0',
      // What else Chromium finds slow on a busy machine is no matter here.
      'threshold_ms: 2000': 'threshold_ms: 60000',
    },
    more: 'service: { pipelines: { traces: { processors: [memory_limiter, tail_sampling] } } }',
  });
  site.serve('/', `endpoint: '${collector.origin}'`);
  const { page, leave } = await site.visit('/');
  const traces = await page.evaluate(async () => {
    const began = Date.now();
    /** A root, a child and a grandchild, each sent in a request of its own. */
    const make = async (name: string, { status = 0, startTime = began, lastly = false }) => {
      const root = agent.startSpan(name, { parent: null, startTime });
      const child = agent.startSpan('child', { parent: root.spanContext() });
      const grandchild = agent.startSpan('grandchild', { parent: child.spanContext() });
      const ordered = lastly ? [root, child, grandchild] : [grandchild, child, root];
      for (const [index, span] of ordered.entries()) {
        if (index === 2) span.setStatus({ code: status as 0 | 2 });
        span.end();
        await agent.flush();
      }
      return root.spanContext().traceId;
    };
    return {
      ordinary: await make('ordinary', {}),
      failedFirst: await make('failed', { status: 2 }),
      failedLast: await make('failed', { status: 2, lastly: true }),
      slow: await make('slow', { startTime: began - 61_000 }),
    };
  });
  const recorded = await leave();

  const wanted = recorded.filter(({ traceId }) => Object.values(traces).slice(1).includes(traceId));
  expect(wanted).toHaveLength(9);
  const isOurs = ({ traceId }: { traceId: string }) => Object.values(traces).includes(traceId);
  await collector.waitForSpans((all) => all.filter(isOurs).length >= wanted.length);
  // The slow one came last: when it has been decided, so have the others.
  await collector.stop();
  expectSame(collector.spans().filter(isOurs), wanted);
});

/** Sessions until there are three on either side of one half, as their random value says. */
const visitSessions = async (): Promise<SpanRecord[][]> => {
  const sessions: SpanRecord[][] = [];
  const isEnough = () =>
    [true, false].every((side) => sessions.filter((spans) => isUpper(spans) === side).length > 2);
  while (!isEnough()) {
    const { page, leave } = await site.visit('/');
    await page.evaluate(async () => {
      for (const path of ['/cart', '/checkout']) {
        history.pushState({}, '', path);
        await (await fetch(`/api${path}`)).text();
      }
      agent.startSpan('of its own', { parent: null }).end();
    });
    sessions.push(await leave());
  }
  return sessions;
};

/** The sampler writes its threshold into `tracestate`, and that is all it changes. */
const withoutState = <T extends object>(all: T[]) => all.map((span) => ({ ...span, traceState: undefined }));

const randomOf = (span: SpanRecord | undefined): string =>
  /rv:(\w{14})/.exec(span?.traceState ?? '')?.[1] ?? '';
const isUpper = ([span]: SpanRecord[]): boolean => randomOf(span) >= '8'.padEnd(14, '0');

test('a sampler that keeps half by consistent sampling keeps or drops sessions as a whole', async () => {
  const collector = await collectorFor({
    more: `${documented('probabilistic_sampler:')}
service: { pipelines: { traces: { processors: [memory_limiter, probabilistic_sampler] } } }`,
  });
  site.serve('/', `endpoint: '${collector.origin}', consistentSampling: true`, 'rootspan-full.js');

  const sessions = await visitSessions();

  for (const spans of sessions) {
    expect(new Set(spans.map(randomOf)).size).toBe(1);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBeGreaterThanOrEqual(4);
  }
  const kept = sessions.filter(isUpper).flat();
  await collector.waitForSpans(({ length }) => length >= kept.length);
  await collector.stop();
  const spans = collector.spans();
  expectSame(withoutState(spans), withoutState(kept));
  expect(spans.filter(({ traceState }) => !/\bth:8\b/.test(`${traceState}`))).toEqual([]);
});

test('in its default mode that sampler drops every span of consistent sampling, and keeps the others', async () => {
  const collector = await collectorFor({
    more: `
processors: { probabilistic_sampler: { sampling_percentage: 100 } }
service: { pipelines: { traces: { processors: [memory_limiter, probabilistic_sampler] } } }`,
  });
  site.serve('/', `endpoint: '${collector.origin}', consistentSampling: true`, 'rootspan-full.js');
  site.serve('/plain', `endpoint: '${collector.origin}'`);
  const recorded = await (await site.visit('/')).leave();
  const plain = await (await site.visit('/plain')).leave();

  await collector.waitForSpans(({ length }) => length >= plain.length);
  await collector.stop();
  expect(recorded.length).toBeGreaterThan(1);
  expectSame(withoutState(collector.spans()), plain);
});
