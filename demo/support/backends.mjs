import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCollector } from '../collector/start.mjs';
import { startServices } from '../services/start.mjs';

const built = (name) => fileURLToPath(new URL(`../${name}/dist`, import.meta.url));

/** Starts collector, database and services; all of them are stopped by `shutdown`. */
export const startBackends = async (options, shutdown) => {
  const collector = options.otlpEndpoint ? undefined : await startEmbeddedCollector(options);
  if (collector) shutdown.add(collector.stop);
  const otlpEndpoint = options.otlpEndpoint ?? collector.url;
  const logFile = join(options.data, 'services.log');
  const services = await startServices({
    port: options.shopPort,
    otlpEndpoint,
    ...(options.otlpProtocol && { otlpProtocol: options.otlpProtocol }),
    staticDir: built('shop'),
    pageValues: { VIEWER: collector ? `${collector.url}/` : '' },
    logFile,
    databaseUrl: options.databaseUrl,
    onExit: (name, how) =>
      endAfterLoss(`${name} ended unexpectedly (${how}); its last words are in ${logFile}.`, shutdown),
  }).catch(explainPort('SHOP_PORT'));
  shutdown.add(services.stop);
  return { shopUrl: services.url, viewerUrl: collector?.url, otlpEndpoint };
};

const startEmbeddedCollector = ({ data, viewerPort }) =>
  startCollector({
    port: viewerPort,
    file: join(data, 'traces.duckdb'),
    viewerDir: built('viewer'),
  })
    .catch(explainLock(data))
    .catch(explainPort('VIEWER_PORT'));

const endAfterLoss = (sentence, shutdown) => {
  if (shutdown.isEnding()) return;
  console.error(sentence);
  shutdown.end(1);
};

// DuckDB lets one process at a time open a file.
const explainLock = (data) => (error) => {
  if (!/lock on file/i.test(error.message)) throw error;
  throw new Error(
    `Another demo is running on ${data}: stop it, or give this one a folder of its own with --data.`,
  );
};

const explainPort = (name) => (error) => {
  if (!/EADDRINUSE/.test(`${error.code} ${error.message}`)) throw error;
  throw new Error(`The port in ${name} is taken: give another, or none for a free one.`);
};
