import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { installLeakCheck } from '../support/leak-check.js';
import { expect, test } from './support/fixtures.js';
import { named } from './support/spans.js';
import './support/window.js';

declare global {
  interface Window {
    snapshot(): string[];
    before: unknown[];
  }
}

/** Everything that the agent may replace, to be compared by identity. */
const noteGlobals = (page: Page) =>
  page.addInitScript(() => {
    const hosts: object[] = [
      window,
      EventTarget.prototype,
      XMLHttpRequest.prototype,
      WebSocket,
      WebSocket.prototype,
      EventSource,
      EventSource.prototype,
      History.prototype,
      history,
      Navigator.prototype,
      navigator,
      Promise.prototype,
      Response.prototype,
      Request.prototype,
      document,
      Document.prototype,
      console,
    ];
    const take = () =>
      hosts.map(
        (host) =>
          new Map(Reflect.ownKeys(host).map((key) => [key, Object.getOwnPropertyDescriptor(host, key)])),
      );
    let before: ReturnType<typeof take> = [];
    window.snapshot = () =>
      take().flatMap((now, index) =>
        [...new Set([...now.keys(), ...(before[index]?.keys() ?? [])])]
          .filter((key) => {
            const [was, is] = [before[index]?.get(key), now.get(key)];
            return (
              !was !== !is ||
              !Object.is(was?.value, is?.value) ||
              was?.get !== is?.get ||
              was?.set !== is?.set
            );
          })
          .map(String)
          // what Playwright puts into a page of Firefox
          .filter((name) => !name.startsWith('__pw')),
      );
    before = take();
  });

const WEB_VITALS = fileURLToPath(import.meta.resolve('web-vitals')).replace(/[^/\\]+$/, 'web-vitals.iife.js');
const SCRIPT = '<!doctype html><script src="/rootspan.js"></script><a href="#" id="link">link</a>';

test('after stop all globals are the originals', async ({ page, site }) => {
  site.page('/', SCRIPT);
  await noteGlobals(page);
  await page.goto(site.origin);
  const [during, after] = await page.evaluate(() => {
    const take = () => window.snapshot().filter((name) => name !== 'rootspan');
    const agent = rootspan('start', { flushInterval: 100 });
    const running = take();
    agent.stop();
    return [running, take()];
  });

  expect(during).toEqual(
    expect.arrayContaining([
      ...['fetch', 'open', 'send', 'setRequestHeader', 'sendBeacon'],
      ...['WebSocket', 'EventSource', 'constructor', 'close'],
    ]),
  );
  expect(after).toEqual([]);
});

test('after stop all globals are the originals, also without the Navigation API', async ({ page, site }) => {
  site.page('/', SCRIPT);
  await page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }));
  await noteGlobals(page);
  await page.goto(site.origin);
  const [during, after] = await page.evaluate(() => {
    const agent = rootspan('start');
    const running = window.snapshot();
    agent.stop();
    return [running, window.snapshot().filter((name) => name !== 'rootspan')];
  });

  expect(during).toEqual(expect.arrayContaining(['pushState', 'replaceState']));
  expect(after).toEqual([]);
});

// web-vitals offers no stop: what it leaves is told by a page that has nothing else.
const VITALS_ALONE = `<!doctype html><script src="/web-vitals.js"></script><script>
  const { onTTFB, onFCP, onLCP, onCLS, onINP } = webVitals;
  const tell = ({ name }) => document.documentElement.setAttribute('data-' + name, '');
  const options = { reportSoftNavs: true, reportAllChanges: true };
  for (const observe of [onTTFB, onFCP, onLCP, onCLS, onINP]) observe(tell, options);
</script><a href="#" id="link">link</a>`;

test('after stop nothing but web-vitals has a listener, timer or observer left', async ({
  page,
  site,
  collector,
}) => {
  site.page('/', SCRIPT);
  site.page('/alone', VITALS_ALONE);
  site.page('/web-vitals.js', readFileSync(WEB_VITALS, 'utf8'), { 'Content-Type': 'text/javascript' });
  await page.addInitScript(installLeakCheck);
  await page.goto(`${site.origin}/alone`);
  // Some of it listens only when it has these.
  await page.locator('[data-ttfb][data-fcp]').waitFor({ state: 'attached' });
  await page.evaluate(() => history.pushState({}, '', '/next'));
  const alone = await page.evaluate(() => window.leakCheck.alive());

  await page.goto(site.origin);
  await page.evaluate(async () => {
    window.agent = rootspan('start', { flushInterval: 100 });
    history.pushState({}, '', '/next');
    await fetch('/api/a').then((response) => response.text());
  });
  await collector.waitForSpan(named('GET /api/a'));
  const during = await page.evaluate(() => window.leakCheck.alive());
  await page.evaluate(() => {
    window.agent.startSpan('waiting').end();
    window.agent.stop();
  });
  await collector.waitForSpan(named('waiting'));

  const surplus = (alive: string[]) => {
    const left = [...alone];
    return alive.filter((entry) => !left.includes(entry) || !left.splice(left.indexOf(entry), 1));
  };
  expect(surplus(during)).toEqual(
    expect.arrayContaining(['listener Window pagehide', 'listener Window scroll']),
  );
  await expect.poll(async () => surplus(await page.evaluate(() => window.leakCheck.alive()))).toEqual([]);
});

test('stop sends what waits and ends the page view', async ({ page, site, collector }) => {
  site.page('/', SCRIPT);
  await page.goto(site.origin);
  await page.evaluate(() => {
    const agent = rootspan('start', { flushInterval: 600_000 });
    agent.span('last', () => {});
    agent.stop();
  });

  const { attributes } = await collector.waitForSpan(named('page_load /'));
  expect(attributes['rootspan.end_reason']).toBe('stopped');
  await collector.waitForSpan(named('last'));
});

test('after stop nothing is recorded, injected or sent', async ({ page, site, collector }) => {
  site.page('/', SCRIPT);
  await page.goto(site.origin);
  await page.evaluate(async () => {
    window.agent = rootspan('start', { flushInterval: 50 });
    window.agent.stop();
    await window.agent.flush();
  });
  await expect.poll(() => page.evaluate(() => window.agent.stats().waiting)).toBe(0);
  const count = collector.requests().length;
  await page.evaluate(async () => {
    history.pushState({}, '', '/next');
    await fetch('/api/a');
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/api/b', false);
    xhr.send();
    window.agent.span('late', () => {});
    window.agent.recordException(new Error('late'));
    await window.agent.flush();
    window.agent.stop();
  });
  await page.click('#link');
  await page.goto('about:blank');
  site.page('/end', '<!doctype html>');
  await page.goto(`${site.origin}/end`);

  expect(site.requests('/api/').filter(({ headers }) => headers.traceparent)).toEqual([]);
  expect(collector.requests()).toHaveLength(count);
});

test('after stop the stats balance', async ({ page, site }) => {
  site.page('/', SCRIPT);
  await page.goto(site.origin);
  const stats = await page.evaluate(async () => {
    const agent = rootspan('start', { flushInterval: 50 });
    const open = agent.startSpan('still running');
    agent.span('done', () => {});
    agent.stop();
    open.end();
    await new Promise((resolve) => {
      const look = () => (agent.stats().waiting ? setTimeout(look, 10) : resolve(0));
      look();
    });
    return agent.stats();
  });

  expect(stats.dropped).toEqual({ stopped: 1 });
  expect(stats.recorded).toBe(stats.sent + 1);
});

test('stop steps aside where someone has wrapped fetch since', async ({ page, site }) => {
  site.page('/', SCRIPT);
  await page.goto(site.origin);
  const calls = await page.evaluate(async () => {
    const agent = rootspan('start');
    const inner = window.fetch;
    let count = 0;
    const wrapper: typeof fetch = (...args) => {
      count++;
      return inner(...args);
    };
    window.fetch = wrapper;
    agent.stop();
    await window.fetch('/api/wrapped');
    return [window.fetch === wrapper, count];
  });

  expect(calls).toEqual([true, 1]);
  expect(site.requests('/api/wrapped').map(({ headers }) => headers.traceparent)).toEqual([undefined]);
});

test('an agent may start again after stop', async ({ page, site, collector }) => {
  site.page('/', SCRIPT);
  await page.goto(site.origin);
  await page.evaluate(async () => {
    rootspan('start', { serviceName: 'first', flushInterval: 50 }).stop();
    rootspan('start', { serviceName: 'second', flushInterval: 50 });
    await fetch('/api/again');
  });

  const { resource } = await collector.waitForSpan(named('GET /api/again'));
  expect(resource['service.name']).toBe('second');
  expect(site.requests('/api/again')).toHaveLength(1);
});
