import process from 'node:process';

const LONGEST_MS = 15_000;
const PARENT_CHECK_MS = 500;

/** One way out of the demo, however it ends: what was started last is stopped first. */
export const createShutdown = () => {
  const stops = [];
  const controller = new AbortController();
  let ending;

  const stopAll = async (code) => {
    controller.abort();
    // A stop that hangs must not keep the terminal. Children notice that we are gone, and go too.
    setTimeout(() => process.exit(1), LONGEST_MS).unref();
    for (const stop of stops.reverse()) await stop().catch(report);
    process.exit(code);
  };
  const end = (code) => {
    ending ??= stopAll(code);
    return ending;
  };
  // More than one may come: a terminal signals npm and us, and npm hands its own on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
  endWithNpm(() => end(0));

  return {
    signal: controller.signal,
    isEnding: () => ending !== undefined,
    add: (stop) => stops.push(stop),
    end,
  };
};

/** `kill` on npm ends npm and the shell between us, but reaches no further: we would go on alone. */
const endWithNpm = (end) => {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || end(), PARENT_CHECK_MS).unref();
};

const report = (error) => console.error(`Could not stop cleanly: ${error.message}`);
