/** What a page does, and all that it can see of it. Runs in the page: it may use nothing but its parameter. */
export const doWork = async (blockedPath: string): Promise<string[]> => {
  const seen: string[] = [];
  const note = (what: string, value: unknown) => seen.push(`${what}: ${value}`);
  const nameOf = (error: unknown) => (error instanceof Error ? error.name : String(error));
  addEventListener('error', (event) => note('uncaught', event.message));
  addEventListener('unhandledrejection', (event) => note('unhandled', event.reason));

  const byFetch = async (what: string, url: string, init?: RequestInit) => {
    try {
      const response = await fetch(url, init);
      await response.text();
      note(what, [response.status, response.type, response.redirected, new URL(response.url).pathname]);
    } catch (error) {
      note(what, nameOf(error));
    }
  };
  await byFetch('fetch', '/api/page?fetch');
  await byFetch('fetch with a body', '/api/page?post', { method: 'POST', body: 'of the page' });
  await byFetch('fetch with an error', '/api/page?status=503');
  await byFetch('fetch of a blocked script', blockedPath);

  const byXhr = (what: string, url: string) =>
    new Promise<void>((resolve) => {
      const xhr = new XMLHttpRequest();
      const events: string[] = [];
      for (const type of ['readystatechange', 'loadstart', 'load', 'error', 'abort', 'loadend']) {
        xhr.addEventListener(type, () => events.push(`${type} ${xhr.readyState}`));
      }
      xhr.addEventListener('loadend', () => {
        note(what, [xhr.status, xhr.responseText.length > 0, ...events]);
        resolve();
      });
      xhr.open('GET', url);
      xhr.send();
    });
  await byXhr('XHR', '/api/page?xhr');
  await byXhr('XHR of a blocked script', blockedPath);

  note('beacon', navigator.sendBeacon('/api/page?beacon', 'of the page'));
  const start = location.pathname;
  const before = history.length;
  history.pushState({ step: 1 }, '', '/api/pushed');
  history.replaceState({ step: 2 }, '', '/api/replaced?a=1');
  note('history', [
    history.length - before,
    location.pathname,
    location.search,
    JSON.stringify(history.state),
  ]);
  const popped = new Promise<PopStateEvent>((resolve) =>
    addEventListener('popstate', resolve, { once: true }),
  );
  history.back();
  note('popstate', [(await popped).state, location.pathname === start]);

  const next = (type: string) => new Promise((resolve) => addEventListener(type, resolve, { once: true }));
  const reports = [next('error'), next('unhandledrejection')];
  setTimeout(() => {
    throw new Error('of the page');
  });
  void Promise.reject(new Error('of a promise'));
  await Promise.all(reports);
  return seen;
};
