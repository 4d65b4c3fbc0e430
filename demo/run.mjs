// Runs before the dependencies are there: what needs them is imported after `installDependencies`.
import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { checkNode, installDependencies } from '../test/support/prepare.mjs';
import { buildStale } from './support/build.mjs';
import { readOptions, USAGE } from './support/options.mjs';
import { createShutdown } from './support/shutdown.mjs';

const say = (text = '') => console.log(text);

const main = async (shutdown) => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return say(USAGE);
  await prepare(options, shutdown);
  const { startBackends } = await import('./support/backends.mjs');
  const backends = await startBackends(options, shutdown);
  sayAddresses(backends, options);
  if (!options.drive) return;
  const allWell = await driveShop(backends, options, shutdown);
  if (options.exit) await shutdown.end(allWell ? 0 : 1);
};

const prepare = async ({ data, otlpEndpoint }, { signal }) => {
  checkNode();
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  installDependencies();
  await buildStale(['agent', 'shop', ...(otlpEndpoint ? [] : ['viewer'])], { signal, say });
  mkdirSync(data, { recursive: true });
};

const sayAddresses = ({ shopUrl, viewerUrl }, { otlpEndpoint }) => {
  say();
  say(`  Shop    ${shopUrl}`);
  if (viewerUrl) say(`  Viewer  ${viewerUrl}`);
  else say(`  Traces go to ${otlpEndpoint}; the embedded collector and its viewer are not started.`);
  say();
  say('  Ctrl-C stops everything.');
};

const driveShop = async (backends, options, shutdown) => {
  const { drive } = await import('./drive.mjs');
  return drive({ ...backends, headed: options.headed, screenshot: options.screenshot, shutdown, say });
};

const shutdown = createShutdown();
main(shutdown).catch((error) => {
  // What fails because the demo is being stopped is no fault.
  if (shutdown.isEnding()) return;
  console.error(error.message);
  shutdown.end(1);
});
