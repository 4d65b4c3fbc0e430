/** What a service is told once that is known: addresses of the others. Empty when it was started by hand. */
export const settingsFromParent = () =>
  process.send ? new Promise((resolve) => process.once('message', resolve)) : Promise.resolve({});

/** Tells the process that started this one where it listens. */
export const reportReady = (port) => process.send?.({ port });

/** Tells it why this one cannot listen, and fails. */
export const reportFailure = async (error) => {
  if (process.send) await new Promise((resolve) => process.send({ failure: error.message }, resolve));
  throw error;
};

/**
 * Runs `stop` and exits, on SIGTERM or when the parent is gone, even if it was killed. SIGINT and SIGHUP are
 * left to the parent: a terminal sends them to all processes at once, and the database must not go before the services.
 */
export const stopWithParent = (stop) => {
  let stopping = false;
  const exit = async () => {
    if (stopping) return;
    stopping = true;
    // A step that hangs must not leave an orphan behind.
    setTimeout(() => process.exit(1), 4000).unref();
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => {});
  process.on('SIGTERM', exit);
  process.on('disconnect', exit);
  // Gone while this process was still loading: the event is over.
  if (process.connected === false) exit();
};
