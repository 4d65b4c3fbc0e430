import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { createApp } from './app.mjs';
import { createLive } from './live.mjs';
import { openStore } from './store/store.mjs';

const MAX_BYTES = 8 * 1024 * 1024;
/** How long a request may take to arrive, in milliseconds. */
const REQUEST_TIMEOUT = 30_000;

/** Clients that send drop by drop are answered with 408 and cut off. */
const timeouts = (requestTimeout) => ({
  requestTimeout,
  headersTimeout: requestTimeout,
  connectionsCheckingInterval: requestTimeout / 3,
});

const listen = (app, { port, host, requestTimeout }) =>
  new Promise((resolve, reject) => {
    const serverOptions = timeouts(requestTimeout);
    const server = serve({ fetch: app.fetch, port, hostname: host, serverOptions }, () => resolve(server));
    server.once('error', reject);
  });

const closeServer = (server) =>
  new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });

const urlOf = (host, port) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Starts the collector: OTLP/HTTP, the query API and the viewer on one port.
 * `file` is a DuckDB path or `:memory:`; `allowedOrigins` says which pages may send, `'*'` or a list of origins.
 */
export const startCollector = async ({
  port = 0,
  host = '127.0.0.1',
  file = ':memory:',
  viewerDir,
  allowedOrigins = '*',
  maxBytes = MAX_BYTES,
  requestTimeout = REQUEST_TIMEOUT,
} = {}) => {
  const live = createLive();
  const store = await openStore(file, live.add);
  const app = createApp({ store, live, host, viewerDir, allowedOrigins, maxBytes });
  const server = await listen(app, { port, host, requestTimeout }).catch(async (error) => {
    await store.close();
    throw error;
  });
  let stopped;
  const stop = async () => {
    live.stop();
    await closeServer(server);
    await store.close();
  };
  const actualPort = server.address().port;
  return {
    url: urlOf(host, actualPort),
    port: actualPort,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
};

const options = {
  port: { type: 'string', default: '4318' },
  host: { type: 'string', default: '127.0.0.1' },
  file: { type: 'string', default: ':memory:' },
  viewer: { type: 'string' },
  origin: { type: 'string', multiple: true },
};

const runFromCommandLine = async () => {
  const { values } = parseArgs({ options });
  const collector = await startCollector({
    port: Number(values.port),
    host: values.host,
    file: values.file,
    viewerDir: values.viewer,
    allowedOrigins: values.origin ?? '*',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, collector.stop);
  console.log(`collector: ${collector.url}`);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runFromCommandLine();
