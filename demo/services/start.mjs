import { startChild } from './child.mjs';
import { applySchema } from './database/apply-schema.mjs';
import { openLogSink } from './log-sink.mjs';
import { telemetryEnvironment } from './telemetry.mjs';

const local = (path) => new URL(path, import.meta.url);

const forkDatabase = ({ dataDir, onExit }, onLine) =>
  startChild({
    name: 'database',
    script: local('./database/pglite-server.mjs'),
    env: { DATA_DIR: dataDir ?? '' },
    onLine,
    onExit,
  });

const forkService = (name, options, onLine) =>
  startChild({
    name,
    script: local(`./${name}.mjs`),
    preload: local('./runtime/instrument.mjs'),
    env: telemetryEnvironment(name, options),
    onLine,
    onExit: options.onExit,
  });

// All begin at once, as loading takes them seconds; each is configured when what it calls is listening. The
// database goes first and is stopped last.
const forkAll = (options, databaseUrl, onLine) => ({
  ...(!databaseUrl && { database: forkDatabase(options, onLine) }),
  payments: forkService('payments', options, onLine),
  orders: forkService('orders', options, onLine),
  'shop-api': forkService('shop-api', options, onLine),
});

const connect = async (children, options, databaseUrl) => {
  const ports = {};
  const portOf = async (name) => {
    ports[name] = await children[name].port;
    return ports[name];
  };
  const configured = async (name, settings) => {
    // A PORT that the caller has set for something else is not for all of them.
    children[name].configure({ PORT: '0', ...settings });
    return `http://127.0.0.1:${await portOf(name)}`;
  };
  const DATABASE_URL = databaseUrl || `postgres://postgres@127.0.0.1:${await portOf('database')}/postgres`;
  await applySchema(DATABASE_URL);
  const PAYMENTS_URL = await configured('payments', { DATABASE_URL });
  const ORDERS_URL = await configured('orders', { DATABASE_URL, PAYMENTS_URL });
  const url = await configured('shop-api', {
    DATABASE_URL,
    ORDERS_URL,
    PORT: String(options.port ?? 0),
    STATIC_DIR: options.staticDir ?? '',
    PAGE_VALUES: JSON.stringify({ OTLP_ENDPOINT: options.otlpEndpoint, ...options.pageValues }),
  });
  await Promise.all([url, ORDERS_URL, PAYMENTS_URL].map(checkHealth));
  return { url, ports, databaseUrl: DATABASE_URL };
};

const checkHealth = async (url) => {
  const response = await fetch(`${url}/healthz`);
  if (!response.ok) throw new Error(`${url} is not healthy: ${await response.text()}`);
};

/**
 * Starts the database and the three services, each in a process of its own on a free port.
 *
 * - `port`: that of shop-api, the one a visitor sees.
 * - `otlpEndpoint`: OTLP/HTTP base URL for the services' spans; `otlpProtocol`: `http/protobuf` or `http/json`.
 * - `staticDir`: the built shop, served by shop-api. `pageValues` replace `__NAME__` in its pages; `__OTLP_ENDPOINT__`
 *   is `otlpEndpoint` unless given.
 * - `onLog` gets, or `logFile` keeps, the services' lines of JSON; with neither they go to the console.
 * - `onExit(name, how)` is called when one of the processes ends that nobody stopped.
 * - `databaseUrl`: a PostgreSQL server, default `DATABASE_URL`. Without one PGlite is started, its files in `dataDir`,
 *   else in memory.
 */
export const startServices = async (options) => {
  const databaseUrl = options.databaseUrl || process.env.DATABASE_URL;
  const log = openLogSink(options);
  const children = forkAll(options, databaseUrl, log.write);
  const stop = async () => {
    // One after the other, so that none loses what it calls while it still works.
    for (const child of Object.values(children).reverse()) await child.stop();
    await log.close();
  };
  try {
    return { ...(await connect(children, options, databaseUrl)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
