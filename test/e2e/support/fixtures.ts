import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base, type ConsoleMessage, expect, type Page, type WebError } from 'playwright/test';
import { readRequest } from '../../conformance/proto/otlp-proto.mjs';
import type { FakeCollector } from '../../support/fake-collector.js';
import { startFakeCollector } from '../../support/fake-collector.js';
import type { PageServer } from '../../support/page-server.js';
import { startPageServer } from '../../support/page-server.js';
import { type DocumentOptions, writeDocument } from './document.js';

/** A site with the agent in its pages and the collector behind its own origin. */
export interface Site extends PageServer {
  /** Serves a page with the agent's script tag at `path`. */
  serve(path: string, options?: DocumentOptions, headers?: Record<string, string>): void;
}

interface Fixtures {
  collector: FakeCollector;
  site: Site;
  /** All that pages write to the console and all errors that they do not catch; a test takes out what it expects. */
  messages: string[];
  /** Opens `path` of the site and waits for its page load to reach the collector. */
  open(path: string, options?: DocumentOptions): Promise<Page>;
}

// Read once: all tests of a run are about the same build.
const built = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../dist/${name}`, import.meta.url)), 'utf8');
const SCRIPTS = { '/rootspan.js': built('rootspan.js'), '/rootspan-full.js': built('rootspan-full.js') };

/** Firefox's own lines come as if the page had thrown them. */
const OF_FIREFOX =
  /^(The page’s settings blocked|Firefox can’t establish|(Cross-Origin Request Blocked: )?The Same Origin Policy disallows|Cookie “.+” has been rejected|no root element found\n)/;

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's form
  collector: async ({}, use) => {
    const collector = await startFakeCollector();
    await use(collector);
    await collector.stop();
    checkBodies(collector);
  },

  site: async ({ collector }, use) => {
    const server = await startPageServer({ collector });
    for (const [path, script] of Object.entries(SCRIPTS)) {
      const type = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
      server.page(path, script, type);
    }
    server.page('/favicon.ico', '');
    const serve: Site['serve'] = (path, options, headers) =>
      server.page(path, writeDocument(options), headers);
    await use({ ...server, serve });
    await server.stop();
  },

  messages: [
    async ({ context }, use) => {
      const messages: string[] = [];
      // What the browser itself tells, such as "Failed to load resource", has no arguments.
      context.on('console', (message: ConsoleMessage) => {
        if (message.args().length) messages.push(`${message.type()}: ${message.text()}`);
      });
      context.on('weberror', (error: WebError) => {
        const { message } = error.error();
        if (!OF_FIREFOX.test(message)) messages.push(`uncaught: ${message}`);
      });
      await use(messages);
      expect(messages, 'what the pages said').toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ page, site, collector }, use) => {
    await use(async (path, options) => {
      site.serve(new URL(path, site.origin).pathname, options);
      await page.goto(site.origin + path);
      await collector.waitForSpan(({ name }) => name.startsWith('page_load'));
      return page;
    });
  },
});

export { expect };

/** Takes out what the pages said, once it is `count` messages: they come by another way than the spans. */
export const take = async (messages: string[], count: number): Promise<string[]> => {
  await expect.poll(() => messages, 'what the pages said').toHaveLength(count);
  return messages.splice(0);
};

/** Whatever a test is about: what came is legal OTLP, and no span that was accepted came twice. */
const checkBodies = (collector: FakeCollector): void => {
  const requests = collector.requests();
  const problems = requests.flatMap(
    ({ path, body }) => readRequest(path.endsWith('/v1/logs') ? 'logs' : 'traces', JSON.parse(body)).problems,
  );
  expect(problems, 'problems of the OTLP that was sent').toEqual([]);
  // Where the answer does not arrive the page cannot know that a body was accepted, and sends it again.
  const known = requests.filter(({ taken, isTold }) => taken && isTold);
  const ids = known.flatMap(({ spans }) => spans.map(({ spanId }) => spanId));
  expect(ids.length - new Set(ids).size, 'spans that came twice').toBe(0);
};

/** For `test.use`: Playwright turns that cache of Chromium off. */
export const WITH_BACK_FORWARD_CACHE: Parameters<typeof test.use>[0] = {
  launchOptions: async ({ browserName, launchOptions }, use) => {
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    await use(browserName === 'chromium' ? { ...launchOptions, ignoreDefaultArgs } : launchOptions);
  },
};
