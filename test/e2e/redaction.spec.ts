import { expect, test } from './support/fixtures.js';
import { SECRET, SECRET_PATHS } from './support/secret-urls.js';
import './support/window.js';

/** Takes each URL through what a page can do with one. */
const useAll = async ([paths, other]: [readonly string[], string]): Promise<void> => {
  const settle = (target: EventTarget, ...types: string[]) =>
    new Promise((resolve) => types.map((type) => target.addEventListener(type, resolve)));
  for (const path of paths) {
    const url = location.origin + path;
    const withUser = url.replace('//', `//anna:${/s3cr3t\d+x/.exec(path)}@`);
    history.pushState(null, '', path);
    await fetch(path);
    await fetch(withUser).catch(() => {});
    const xhr = new XMLHttpRequest();
    xhr.open('GET', withUser);
    xhr.send();
    const image = Object.assign(new Image(), { src: url });
    // Against the page's policy.
    const foreign = Object.assign(new Image(), { src: other + path });
    const events = new EventSource(path);
    const socket = new WebSocket(url.replace('http', 'ws').replace(/#.*/, ''));
    navigator.sendBeacon(path, 'x');
    await Promise.all([
      settle(xhr, 'loadend'),
      settle(image, 'load', 'error'),
      settle(foreign, 'load', 'error'),
      settle(events, 'error', 'open'),
      settle(socket, 'error', 'open'),
    ]);
    events.close();
    socket.close();
    const link = Object.assign(document.createElement('a'), { href: url, innerHTML: 'link' });
    link.addEventListener('click', (event) => {
      event.preventDefault();
      void fetch(path);
    });
    document.body.append(link);
    link.click();
    console.error('console', url);
    rootspan('log', 'error', `log of ${url}`);
    rootspan('recordException', new Error(`Loading chunk ${url} failed`));
    rootspan('recordException', { name: 'Failure', message: path });
    void Promise.reject(new TypeError(`rejected (${withUser})`, { cause: new Error(path) }));
    rootspan('span', 'failed', () => {
      try {
        throw new Error(url);
      } catch (error) {
        rootspan('recordException', error);
      }
    });
  }
};

test(`no secret of ${SECRET_PATHS.length} URLs is in anything that leaves the page for the collector`, async ({
  page,
  site,
  collector,
  messages,
}) => {
  const [first = ''] = SECRET_PATHS;
  const { pathname } = new URL(first, site.origin);
  site.serve(
    '/reset/s3cr3t0x',
    {
      tag: { logs: 'true' },
      head: `<meta name="description" content="${first}">`,
      body: `<img src="${first}"><script>throw new Error(location.href + ' ' + document.referrer)</script>`,
    },
    { 'Content-Security-Policy': "img-src 'self'" },
  );
  await page.goto(`${site.origin}/reset/s3cr3t0x?token=s3cr3t0x#access_token=s3cr3t0x`, {
    referer: `${site.origin}${pathname}?token=s3cr3t0x`,
  });
  await page.evaluate(useAll, [SECRET_PATHS, site.otherOrigin] as [readonly string[], string]);
  // More than a page that goes has room for.
  const waiting = () => {
    const stats = rootspan('stats');
    return stats.waiting + (stats.logs?.waiting ?? 0);
  };
  await expect.poll(() => page.evaluate(waiting)).toBe(0);
  await page.goto('about:blank');

  await expect
    .poll(() => collector.logs().filter(({ body }) => `${body}`.startsWith('log of')).length)
    .toBe(SECRET_PATHS.length);
  const bodies = collector.requests().map(({ body }) => body);
  const found = bodies.flatMap(
    (body) => body.match(new RegExp(`.{0,160}${SECRET.source}.{0,30}`, 'gi')) ?? [],
  );
  expect(found).toEqual([]);
  // All ways were taken.
  const scopes = new Set(collector.spans().map(({ scope }) => scope));
  for (const scope of [
    'document',
    'navigation',
    'fetch',
    'xhr',
    'websocket',
    'event-source',
    'beacon',
    'errors',
  ])
    expect([...scopes]).toContain(`rootspan/${scope}`);
  // A violation of the policy is an error.
  expect(bodies.join()).toContain('img-src');
  expect(bodies.join().split('REDACTED').length).toBeGreaterThan(SECRET_PATHS.length * 9);
  // The page said what it was made to say.
  messages.length = 0;
});
