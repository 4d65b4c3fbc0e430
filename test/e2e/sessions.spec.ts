import { expect, test } from './support/fixtures.js';
import { buildLibrary } from './support/library.js';
import './support/window.js';

declare const library: typeof import('../../src/core.js');

interface Visit {
  /** Of each request: whether it carried a header. */
  headers: boolean[];
  /** Of each recorded span: its session. */
  spans: (string | undefined)[];
  id: string;
  sampled: boolean[];
}

const SESSIONS = 1000;
const LOADS = 3;
const REQUESTS = 5;

/** The agent begins, as in a page that loads, sees requests, and ends; storage is what the pages of a visitor share. */
const simulate = async (rate: number, [sessions, loads, requests]: number[]): Promise<Visit[]> => {
  const visits: Visit[] = [];
  const native = window.fetch;
  let headers: boolean[] = [];
  // Mulberry32 in place of the system's generator: a share that is off is then no chance, and comes again.
  let seed = 1;
  const draw = () => {
    seed += 0x6d2b79f5;
    let value = Math.imul(seed ^ (seed >>> 15), seed | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return value ^ (value >>> 14);
  };
  Object.assign(crypto, {
    getRandomValues(bytes: Uint8Array) {
      bytes.set(bytes.map(draw));
      return bytes;
    },
  });
  // The server, so that the network is not what takes the time.
  window.fetch = async (...args) => {
    headers.push(new Request(...args).headers.has('traceparent'));
    return new Response('');
  };
  for (let number = 0; number < (sessions ?? 0); number++) {
    localStorage.clear();
    sessionStorage.clear();
    headers = [];
    const visit: Visit = { headers, spans: [], id: '', sampled: [] };
    for (let load = 0; load < (loads ?? 0); load++) {
      const agent = library.start({
        sampleRate: rate,
        maxSpansPerMinute: Infinity,
        instrumentations: [library.traceDocument(), library.traceFetch()],
        propagators: [library.w3c],
        processors: [({ attributes }) => void visit.spans.push(`${attributes['session.id']}`)],
      });
      visit.id = agent.session()?.id ?? '';
      visit.sampled.push(!!agent.session()?.sampled);
      for (let request = 0; request < (requests ?? 0); request++) await fetch(`/api/${request}`);
      agent.stop();
    }
    visits.push(visit);
  }
  window.fetch = native;
  return visits;
};

/** The narrowest counts that hold 99.9 % of the binomial distribution, with a half of the rest on either side. */
const interval = (rate: number): [number, number] => {
  let probability = (1 - rate) ** SESSIONS;
  let sum = probability;
  let low = 0;
  for (let count = 0; count < SESSIONS; count++) {
    if (sum < 0.0005) low = count + 1;
    if (sum > 0.9995) return [low, count];
    probability *= ((SESSIONS - count) / (count + 1)) * (rate / (1 - rate));
    sum += probability;
  }
  return [low, SESSIONS];
};

for (const rate of [0, 0.01, 0.5, 1]) {
  test(`at rate ${rate}, of 1,000 sessions the right share is kept, each as a whole`, async ({
    page,
    site,
  }) => {
    site.page('/library.js', await buildLibrary('core'), { 'Content-Type': 'text/javascript' });
    site.page('/', '<!doctype html><script src="/library.js"></script>');
    await page.goto(site.origin);
    const visits = (await page.evaluate(
      `(${simulate})(${rate}, [${SESSIONS}, ${LOADS}, ${REQUESTS}])` as never,
    )) as Visit[];

    // Else one session was counted more than once.
    expect(new Set(visits.map(({ id }) => id)).size).toBe(SESSIONS);
    const kept = visits.filter(({ sampled }) => sampled[0]);
    const [low, high] = rate === 1 ? [SESSIONS, SESSIONS] : interval(rate);
    expect(kept.length).toBeGreaterThanOrEqual(low);
    expect(kept.length).toBeLessThanOrEqual(high);
    // One decision a session, in every page and every request.
    const isWhole = ({ sampled, headers, spans, id }: Visit) =>
      sampled.length === LOADS &&
      headers.length === LOADS * REQUESTS &&
      [...sampled, ...headers].every((each) => each === sampled[0]) &&
      (sampled[0] ? spans.length >= LOADS : spans.length === 0) &&
      spans.every((session) => session === id);
    expect(visits.filter((visit) => !isWhole(visit))).toEqual([]);
  });
}

test('two tabs share the decision', async ({ browser, site }) => {
  site.serve('/', { tag: { 'sample-rate': 0.5 } });
  const read = () => {
    const { id, sampled } = rootspan('session') as { id: string; sampled: boolean };
    return { id, sampled };
  };
  for (let number = 0; number < 5; number++) {
    // A visitor: what one tab stores reaches others a moment later, also that it was cleared.
    const context = await browser.newContext();
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(site.origin);
    await second.goto(site.origin);
    expect(await second.evaluate(read)).toEqual(await first.evaluate(read));
    await context.close();
  }
});
