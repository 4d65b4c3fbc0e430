import type { Plugin } from 'vite';
import type { TestProject } from 'vitest/node';
import { answerApi } from './api-endpoint.js';
import { readBody } from './http-server.js';
import { startPageServer } from './page-server.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Another origin with the same `/api/`: `inject('otherOrigin')`. */
    otherOrigin: string;
  }
}

/** `/api/` (see `api-endpoint.ts`) on the very origin of the browser tests. */
export const apiPlugin = (): Plugin => ({
  name: 'test-api',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (request.url?.startsWith('/api/')) void answerApi(request, response, readBody(request));
      else next();
    });
  },
});

/** Before the browser tests: a second origin for cross-origin requests. */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  const { origin, stop } = await startPageServer();
  provide('otherOrigin', origin);
  return stop;
};
