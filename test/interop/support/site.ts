import { type Browser, chromium, type Page } from 'playwright';
import { onTestFinished } from 'vitest';
import type { SpanRecord } from '../../../src/types.js';
import { CHROMIUM_ARGS, requireChromium } from '../../support/chromium.mjs';
import { type PageServer, startPageServer } from '../../support/page-server.js';
import '../../e2e/support/window.js';

/** One visitor, in a browser context of their own. */
export interface Visit {
  readonly page: Page;
  /** What the page has said on the console, and errors that it did not catch. */
  readonly messages: string[];
  /** Leaves the page and says what the agent has recorded in all pages of the visit, the leaving included. */
  leave(): Promise<SpanRecord[]>;
}

export interface Site extends PageServer {
  /** Serves a page at `path` with the agent; `config` is JavaScript. */
  serve(path: string, config: string, script?: 'rootspan.js' | 'rootspan-full.js'): void;
  visit(path: string, origin?: string): Promise<Visit>;
}

/** Keeps what is recorded for the next page to read: nobody can ask a page that is gone. */
const RECORD = `
const record = (span) => {
  sessionStorage.recorded = (sessionStorage.recorded ?? '') + JSON.stringify(span) + '\\n';
  return span;
};`;

/** Pages with the built agent, and a real Chromium to look at them. */
export const startSite = async (): Promise<Site> => {
  const server = await startPageServer();
  const browser = await chromium.launch({ executablePath: await requireChromium(), args: CHROMIUM_ARGS });
  server.page('/favicon.ico', '');
  server.page('/empty', '<!doctype html><title>Nothing</title>');
  return {
    ...server,
    serve: (path, config, script = 'rootspan.js') => {
      const start = `agent = rootspan('start', { flushInterval: 100, processors: [record], ${config} });`;
      server.page(
        path,
        `<!doctype html><title>Shop</title><script src="/dist/${script}"></script>
<script>${RECORD}${start}</script><h1>A page</h1>`,
      );
    },
    visit: (path, origin = server.origin) => visit(browser, origin, path),
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
};

const visit = async (browser: Browser, origin: string, path: string): Promise<Visit> => {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const messages: string[] = [];
  context.on('console', (message) => {
    // What the browser itself tells, such as "Failed to load resource", has no arguments.
    if (message.args().length) messages.push(message.text());
  });
  context.on('weberror', (error) => messages.push(error.error().message));
  const page = await context.newPage();
  await page.goto(origin + path);
  return {
    page,
    messages,
    leave: async () => {
      await page.goto(`${origin}/empty`);
      const lines = await page.evaluate(() => sessionStorage.recorded ?? '');
      return lines
        .split('\n')
        .filter(Boolean)
        .map((line: string) => JSON.parse(line));
    },
  };
};
