import { setTimeout as sleep } from 'node:timers/promises';

const traceIdOf = (request) => request.headers().traceparent?.split('-')[1];

/**
 * One visitor: a browser profile of its own, and hands that move as a person's do.
 * `requests` keeps what went over the wire, so that what is said about headers is what was sent.
 */
export const openVisit = async (browser, { shopUrl, otlpEndpoint, browserOptions = {} }) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...browserOptions });
  context.setDefaultTimeout(30_000);
  const requests = [];
  const pageErrors = [];
  context.on('request', (request) => requests.push(request));
  context.on('weberror', (error) => pageErrors.push(error.error().message));
  const openTab = async (path = '/') => createTab(await context.newPage(), new URL(path, shopUrl).href);

  const sentTo = (pattern) => requests.filter((request) => pattern.test(new URL(request.url()).pathname));
  return {
    openTab,
    pageErrors,
    /** The trace that the last request to a path that matches went out with. */
    traceOf: (pattern) => {
      const traceId = traceIdOf(sentTo(pattern).at(-1) ?? missing(pattern));
      return traceId ?? missing(pattern);
    },
    withTraceHeader: () => requests.filter((request) => request.headers().traceparent !== undefined),
    toCollector: () => requests.filter((request) => request.url().startsWith(otlpEndpoint)),
    close: () => context.close(),
  };
};

const missing = (pattern) => {
  throw new Error(`no request to ${pattern} carried a traceparent`);
};

const createTab = async (page, url) => {
  await page.goto(url);
  const look = (milliseconds = 350) => sleep(milliseconds);
  const press = async (target) => {
    await target.scrollIntoViewIfNeeded();
    await target.hover();
    await look(80);
    await target.click();
    await look(120);
  };
  return {
    page,
    look,
    press,
    pressButton: (name) => press(page.getByRole('button', { name }).first()),
    follow: (name) => press(page.getByRole('link', { name }).first()),
    sees: (text) => page.getByText(text).first().waitFor(),
    scroll: async (distance) => {
      for (let moved = 0; moved < distance; moved += 120) {
        await page.mouse.wheel(0, 120);
        await sleep(30);
      }
      await look(150);
    },
    /** The trace that the server began with the document of this page. */
    pageTrace: () =>
      page
        .locator('meta[name="traceparent"]')
        .getAttribute('content')
        .then((content) => content.split('-')[1]),
    sessionId: () => page.locator('[data-session]').getAttribute('data-session'),
    // To another page, as visitors do: closing a page under Playwright would skip what a browser does on the way out.
    leave: async () => {
      await page.goto('about:blank');
      await page.close();
    },
  };
};
