import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Site, take, test } from './support/fixtures.js';
import { isChildOf, named, only, traceparentOf } from './support/spans.js';
import './support/window.js';

const snippet = readFileSync(fileURLToPath(new URL('../../dist/early.js', import.meta.url)), 'utf8');

interface Options {
  /** Of the `start` call, as JavaScript. */
  config?: string;
  /** Script after the snippet, and before the agent. */
  script?: string;
  head?: string;
  nonce?: string;
}

/** A page with the snippet inline. The agent comes when `insertAgent()` is called. */
const write = ({ config = '', script = '', head = '', nonce = '' }: Options = {}): string => `<!doctype html>
<html><head><meta charset="utf-8"><title>Early</title>${head}
<script nonce="${nonce}">${snippet}
rootspan('start', { flushInterval: 100, ${config} });
</script>
<script nonce="${nonce}">${script}
  const insertAgent = () =>
    new Promise((resolve, reject) => {
      const tag = Object.assign(document.createElement('script'), { src: '/rootspan.js' });
      tag.onload = resolve;
      tag.onerror = reject;
      document.head.append(tag);
    });
</script>
</head><body><h1>Early</h1></body></html>`;

const serve = (site: Site, options?: Options): void => site.page('/', write(options));

const headerOf = (site: Site, part: string): string | undefined =>
  site.requests(part)[0]?.headers.traceparent as string | undefined;

test('requests made before the agent are spans of the page load with the ids that the server saw', async ({
  page,
  site,
  collector,
}) => {
  serve(site, {
    script: `
      const done = fetch('/api/one?delay=50').then((response) => response.json());
      const xhr = new XMLHttpRequest();
      xhr.open('POST', '/api/two?status=404');
      const sent = new Promise((resolve) => xhr.addEventListener('loadend', resolve));
      xhr.send('body');`,
  });
  await page.goto(site.origin);
  const before = await page.evaluate(
    'Promise.all([done, sent]).then(() => performance.timeOrigin + performance.now())',
  );
  await page.evaluate('insertAgent()');

  const one = await collector.waitForSpan(named('GET /api/one'));
  const two = await collector.waitForSpan(named('POST /api/two'));
  const load = await collector.waitForSpan(named('page_load /'));
  expect(headerOf(site, '/api/one')).toBe(traceparentOf(one));
  expect(headerOf(site, '/api/two')).toBe(traceparentOf(two));
  expect([one, two].map((span) => isChildOf(span, load))).toEqual([true, true]);
  expect(one.endTime - one.startTime).toBeGreaterThanOrEqual(50);
  expect(Math.max(one.endTime, two.endTime)).toBeLessThanOrEqual(before as number);
  expect([one.scope, two.scope]).toEqual(['rootspan/fetch', 'rootspan/xhr']);
  expect(two.attributes).toMatchObject({ 'http.response.status_code': 404, 'error.type': '404' });
});

test('a request that is under way when the agent comes ends in its own time', async ({
  page,
  site,
  collector,
}) => {
  serve(site, { script: `const done = fetch('/api/slow?delay=1000').then((response) => response.status);` });
  await page.goto(site.origin);
  await page.evaluate('insertAgent()');
  expect(await page.evaluate('done')).toBe(200);
  await page.evaluate(`fetch('/api/later')`);

  const slow = await collector.waitForSpan(named('GET /api/slow'));
  const later = await collector.waitForSpan(named('GET /api/later'));
  expect(headerOf(site, '/api/slow')).toBe(traceparentOf(slow));
  expect(headerOf(site, '/api/later')).toBe(traceparentOf(later));
  expect(slow.endTime - slow.startTime).toBeGreaterThanOrEqual(1000);
  expect(site.requests('/api/slow')).toHaveLength(1);
});

test('errors, rejections and calls from before the agent are not lost', async ({
  page,
  site,
  collector,
  messages,
}) => {
  serve(site, {
    script: `
      rootspan('setUser', { id: 'u-1' });
      setTimeout(() => { throw new RangeError('early'); });
      Promise.reject(new TypeError('refused'));`,
  });
  await page.goto(site.origin);
  await take(messages, 2);
  const before = await page.evaluate(() => performance.timeOrigin + performance.now());
  await page.evaluate('insertAgent()');

  const isOf = (type: string) => (span: { events: { attributes: Record<string, unknown> }[] }) =>
    span.events.some(({ attributes }) => attributes['exception.type'] === type);
  const error = await collector.waitForSpan(isOf('RangeError'));
  const rejection = await collector.waitForSpan(isOf('TypeError'));
  const load = await collector.waitForSpan(named('page_load /'));
  expect([error, rejection].map((span) => isChildOf(span, load))).toEqual([true, true]);
  expect(error.endTime).toBeLessThanOrEqual(before);
  const own = await page.evaluate(() => rootspan('traceparent'));
  expect(own).toBe(traceparentOf(load));
  await page.evaluate(`fetch('/api/user')`);
  const { attributes } = await collector.waitForSpan(named('GET /api/user'));
  expect(attributes['user.id']).toBe('u-1');
});

test('when the agent has come the functions of the page are the originals below its own', async ({
  page,
  site,
}) => {
  const head = `<script>const originals = () => [fetch, ...['open', 'send', 'setRequestHeader'].map(
    (name) => XMLHttpRequest.prototype[name])]; const before = originals();</script>`;
  serve(site, { head });
  await page.goto(site.origin);
  const isSame = 'originals().map((fn, index) => fn === before[index])';
  expect(await page.evaluate(isSame)).toEqual([false, false, false, false]);
  await page.evaluate('insertAgent()');
  await page.evaluate(() => rootspan('stop'));

  expect(await page.evaluate(isSame)).toEqual([true, true, true, true]);
});

test('a page whose agent is blocked works, and memory stays bounded', async ({ page, site }) => {
  serve(site, { script: `for (let call = 0; call < 1000; call++) rootspan('setUser', { id: call });` });
  await page.route('**/rootspan.js', (route) => route.abort());
  await page.goto(site.origin);
  await page.evaluate('insertAgent().catch(() => {})');
  // Each request would go through the test otherwise.
  await page.unroute('**/rootspan.js');
  const statuses = await page.evaluate(async () => {
    const found = new Set<number>();
    for (let call = 0; call < 400; call++) found.add((await fetch(`/api/${call}`)).status);
    return [...found];
  });

  expect(statuses).toEqual([200]);
  expect(await page.evaluate(() => rootspan.q?.length)).toBe(300);
});

const SESSION = { id: '01234567-89ab-4cde-8f01-23456789abcd', random: '0'.repeat(14), sampleRate: 0.5 };

for (const [name, script] of Object.entries({
  'a stored session that is not sampled': `
    const now = Date.now();
    localStorage.setItem('rootspan.session', JSON.stringify({ ...${JSON.stringify(SESSION)}, startTime: now,
      lastActive: now, sampled: false, until: now + 1e5 }));`,
  'a session that is drawn out': '',
})) {
  test(`${name} sends no header and keeps nothing`, async ({ page, site, collector }) => {
    const head = `<script>${script} const before = fetch;</script>`;
    serve(site, {
      head,
      config: script ? '' : 'sampleRate: 0',
      script: `const done = fetch('/api/one').then(() => before === fetch);`,
    });
    await page.goto(site.origin);
    expect(await page.evaluate('done')).toBe(true);
    await page.evaluate('insertAgent()');
    const session = await page.evaluate(() => rootspan('session'));

    expect(session).toMatchObject({ sampled: false });
    expect(headerOf(site, '/api/one')).toBeUndefined();
    expect(await page.evaluate(() => rootspan('stats'))).toMatchObject({ recorded: 0 });
    expect(collector.spans()).toEqual([]);
  });
}

test('the agent decides as the snippet has', async ({ page, site, collector }) => {
  serve(site, {
    // Each visit is that of another visitor.
    head: '<script>localStorage.clear(); sessionStorage.clear();</script>',
    config: 'sampleRate: 0.5',
    script: `const done = fetch('/api/drawn' + location.search);`,
  });
  const decisions: unknown[][] = [];
  for (let visit = 0; visit < 10; visit++) {
    await page.goto(`${site.origin}/?visit=${visit}.`);
    await page.evaluate('done.then(insertAgent)');
    const session = (await page.evaluate(() => rootspan('session'))) as { sampled: boolean };
    decisions.push([!!headerOf(site, `/api/drawn?visit=${visit}.`), session.sampled]);
  }

  expect(decisions.map(([sent]) => sent)).toEqual(decisions.map(([, sampled]) => sampled));
  expect(collector.requests().every(({ taken }) => taken > 0)).toBe(true);
});

test('headers go to the own origin and the list, never elsewhere, and never over one of the page', async ({
  page,
  site,
}) => {
  const { otherOrigin } = site;
  serve(site, {
    config: `propagateTo: ['${otherOrigin}/api/list/'], neverPropagateTo: ['/api/never', /[?]secret/]`,
    script: `
      const send = (url, header) => new Promise((done) => {
        const xhr = new XMLHttpRequest();
        xhr.onloadend = done;
        xhr.open('GET', url);
        if (header) xhr.setRequestHeader('Traceparent', header);
        xhr.send();
      });
      const urls = ['/api/never/a', '/api/neverland', '/api/b?secret', '${otherOrigin}/api/list/c', '${otherOrigin}/api/lists'];
      const done = Promise.all([
        ...urls.flatMap((url) => [fetch(url), send(url)]),
        fetch('/api/own', { headers: { Traceparent: 'mine' } }),
        send('/api/own', 'mine'),
      ]);`,
  });
  await page.goto(site.origin);
  await page.evaluate('done.then(() => {})');

  const sent = (part: string) =>
    site
      .requests(part)
      .filter(({ method }) => method === 'GET')
      .map(({ headers }) => headers.traceparent);
  expect(sent('/api/never/a')).toEqual([undefined, undefined]);
  expect(sent('secret')).toEqual([undefined, undefined]);
  expect(sent('/api/lists')).toEqual([undefined, undefined]);
  expect(site.requests('/api/lists')).toHaveLength(2);
  for (const part of ['/api/neverland', '/api/list/c']) {
    expect(sent(part)).toEqual([expect.stringMatching(/^00-.+-01$/), expect.stringMatching(/^00-.+-01$/)]);
  }
  expect(sent('/api/own')).toEqual(['mine', 'mine']);
});

for (const consent of ['pending', 'denied', 'granted'])
  test(`with consent ${consent} early requests carry headers as they may`, async ({ page, site }) => {
    const script = `
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/two');
    xhr.send();
    const done = Promise.all([fetch('/api/one'), new Promise((resolve) => xhr.addEventListener('loadend', resolve))]);`;
    serve(site, { config: `consent: '${consent}'`, script });
    await page.goto(site.origin);
    await page.evaluate('done.then(() => {})');

    const header = consent === 'granted' ? expect.stringMatching(/^00-.+-01$/) : undefined;
    expect([headerOf(site, '/api/one'), headerOf(site, '/api/two')]).toEqual([header, header]);
  });

test('a global `var origin` of a script makes no other origin the own one', async ({ page, site }) => {
  serve(site, {
    script: `
      var origin = '${site.otherOrigin}';
      const done = Promise.all([fetch(origin + '/api/other', { method: 'POST', body: 'x' }), fetch('/api/own')]);`,
  });
  await page.goto(site.origin);
  await page.evaluate('done.then(() => {})');

  const seen = site.requests('/api/other').map(({ method, headers }) => [method, headers.traceparent]);
  expect(seen).toEqual([['POST', undefined]]);
  expect(headerOf(site, '/api/own')).toMatch(/^00-.+-01$/);
});

test("a sampled trace of the server's goes on in early requests", async ({ page, site, collector }) => {
  const [traceId, spanId] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
  const head = `<meta name="traceparent" content="00-${traceId}-${spanId}-01">`;
  serve(site, { head, script: `const done = fetch('/api/one');` });
  await page.goto(site.origin);
  await page.evaluate('done.then(insertAgent)');

  const one = await collector.waitForSpan(named('GET /api/one'));
  const load = await collector.waitForSpan(named('page_load /'));
  expect(load).toMatchObject({ traceId, parentSpanId: spanId });
  expect(isChildOf(one, load)).toBe(true);
  expect(only(collector.spans(), 'GET /api/one').spanId).toBe(headerOf(site, '/api/one')?.split('-')[2]);
});

test('the snippet runs under a policy with a nonce', async ({ page, site, collector }) => {
  const policy = "default-src 'none'; script-src 'nonce-n1' 'self'; connect-src 'self'; img-src 'self'";
  const html = write({ nonce: 'n1', script: `const done = fetch('/api/one');` });
  site.page('/', html, { 'Content-Security-Policy': policy });
  await page.goto(site.origin);
  await page.evaluate('done.then(insertAgent)');

  const one = await collector.waitForSpan(named('GET /api/one'));
  expect(headerOf(site, '/api/one')).toBe(traceparentOf(one));
});

test('a page without localStorage works', async ({ page, site, collector }) => {
  const head = `<script>Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })</script>`;
  serve(site, { head, script: `const done = fetch('/api/one').then(({ status }) => status);` });
  await page.goto(site.origin);
  expect(await page.evaluate('done')).toBe(200);
  await page.evaluate('insertAgent()');

  await collector.waitForSpan(named('page_load /'));
  expect(headerOf(site, '/api/one')).toBeUndefined();
});
