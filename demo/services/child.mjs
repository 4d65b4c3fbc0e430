import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 6000;

/** The caller's environment without how node is to run, and without what telemetry.mjs decides. */
const inheritedEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        name !== 'NODE_OPTIONS' && (!name.startsWith('OTEL_') || name === 'OTEL_EXPORTER_OTLP_HEADERS'),
    ),
  );

const forwardLines = (child, onLine) => {
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);
};

const untilListening = (child, name) =>
  new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${name} did not start: ${why}.`));
    const timer = setTimeout(() => fail(`nothing heard for ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    child.once('message', ({ port, failure }) => (failure ? fail(failure) : resolve(port)));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `code ${code}`}`));
    for (const event of ['message', 'error', 'exit']) child.once(event, () => clearTimeout(timer));
  });

/** An end that nobody asked for is worth a line beside the service's own, and `onEnd` hears of it. */
const reportEnd = (child, name, onLine, onEnd) =>
  child.once('exit', (code, signal) => {
    if (child.killed) return;
    const how = signal ?? `code ${code}`;
    const line = {
      time: new Date().toISOString(),
      level: 'error',
      service: name,
      message: `ended with ${how}`,
    };
    onLine(JSON.stringify(line));
    onEnd(how);
  });

const stopChild = async (child, closed) => {
  if (child.exitCode !== null || child.signalCode !== null) return closed;
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await closed;
  clearTimeout(impatience);
};

/**
 * Starts `script` (a URL) in a process of its own, which ends when this one does. With `preload` it loads that
 * first and then waits for `configure(env)`. `onExit(name, how)` is called when it ends unasked after it was listening.
 */
export const startChild = ({ name, script, preload, env, onLine, onExit }) => {
  const child = fork(fileURLToPath(script), [], {
    env: { ...inheritedEnvironment(), ...env },
    execArgv: preload ? ['--import', preload.href] : [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  forwardLines(child, onLine);
  let isListening = false;
  // Whoever awaits the port hears of an end before that.
  reportEnd(child, name, onLine, (how) => isListening && onExit?.(name, how));
  const closed = new Promise((resolve) => child.once('close', resolve));
  const port = untilListening(child, name);
  port.then(
    () => {
      isListening = true;
    },
    // Nobody awaits the port of a start that was given up.
    () => {},
  );
  return { port, configure: (settings) => child.send(settings), stop: () => stopChild(child, closed) };
};
