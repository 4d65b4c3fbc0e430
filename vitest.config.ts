import { readFileSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { apiPlugin } from './test/support/browser-servers.js';
import { CHROMIUM_ARGS, findChromium } from './test/support/chromium.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** As rollup.config.mjs does for dist/. Not by `define`, which does not reach the code in the browser. */
const versionPlugin = (): Plugin => ({
  name: 'version',
  // After TypeScript: the declaration of the name is gone by then.
  enforce: 'post',
  transform: (code) =>
    code.includes('__VERSION__')
      ? { code: code.replace(/\b__VERSION__\b/g, JSON.stringify(version)), map: null }
      : undefined,
});

/** Tests that run in Node; `include` is a list of globs. */
const inNode = (name: string, include: string[], testTimeout = 10_000, globalSetup: string[] = []) => ({
  plugins: [versionPlugin()],
  test: {
    name,
    include,
    environment: 'node' as const,
    globalSetup,
    testTimeout,
    hookTimeout: testTimeout * 3,
  },
});

const inBrowser = (executablePath: string | undefined) => ({
  plugins: [versionPlugin(), apiPlugin()],
  // Named here, for vite would find them while tests run, and reload the page under them.
  optimizeDeps: { include: ['web-vitals', 'web-vitals/attribution'], noDiscovery: true },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.ts'],
    globalSetup: ['test/support/browser-servers.ts'],
    setupFiles: ['test/support/browser-setup.ts'],
    testTimeout: 30_000,
    // A body that nobody reads may take a second to end its span.
    expect: { poll: { timeout: 10_000 } },
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
});

export default defineConfig(async () => ({
  test: {
    maxWorkers: 2,
    projects: [
      inNode('unit', ['test/unit/**/*.test.ts']),
      inNode('conformance', ['test/conformance/**/*.test.{ts,mjs}']),
      inNode('architecture', ['test/architecture.test.ts'], 60_000),
      inNode('docs', ['test/docs/**/*.test.ts'], 60_000),
      inNode('size', ['test/size/**/*.test.ts'], 120_000),
      // Needs other tools than Node.js: `npm run test:interop`.
      inNode('interop', ['test/interop/**/*.test.ts'], 60_000, ['test/interop/backends/install.mjs']),
      inNode('demo', ['demo/**/*.test.{ts,mjs}'], 120_000),
      inBrowser(await findChromium()),
    ],
  },
}));
