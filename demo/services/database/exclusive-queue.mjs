/** Types of message after which the server says `ReadyForQuery`, or nothing more; 0 is the startup packet. */
const LAST_OF_EXCHANGE = new Set([0, ...[...'QSFXp'].map((type) => type.charCodeAt(0))]);
const SYNC = Uint8Array.from([0x53, 0, 0, 0, 4]);
const ROLLBACK = Uint8Array.from([0x51, 0, 0, 0, 13, ...Buffer.from('ROLLBACK\0')]);

/**
 * Lets many connections share PGlite's single session: a connection owns the session from the first message of
 * an exchange (Parse, Bind, Execute, Sync) to its end, and throughout a transaction. The queue that comes with
 * pglite-socket gives way between any two messages: parameterised queries that waited for another's transaction
 * then mix, and hang.
 */
export const createExclusiveQueue = (database) => {
  const waiting = [];
  let owner;
  let running = false;

  const takeNext = () => {
    const index = owner === undefined ? 0 : waiting.findIndex((work) => work.handlerId === owner);
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };

  const execute = async ({ handlerId, message, onData, resolve, reject }) => {
    owner = handlerId;
    let size = 0;
    const onRawData = (data) => {
      size += data.length;
      onData(data);
    };
    try {
      await database.runExclusive(() => database.execProtocolRawStream(message, { onRawData }));
      resolve(size);
    } catch (error) {
      reject(error);
    }
    if (LAST_OF_EXCHANGE.has(message[0]) && !database.isInTransaction()) owner = undefined;
  };

  const run = async () => {
    if (running) return;
    running = true;
    for (let work = takeNext(); work; work = takeNext()) await execute(work);
    running = false;
  };

  const enqueue = (handlerId, message, onData) =>
    new Promise((resolve, reject) => {
      waiting.push({ handlerId, message, onData, resolve, reject });
      run();
    });

  /** What a connection that has gone had not sent to the server yet. */
  const clearQueueForHandler = (handlerId) => {
    for (let index = waiting.length - 1; index >= 0; index -= 1) {
      if (waiting[index].handlerId !== handlerId) continue;
      waiting.splice(index, 1)[0].reject(new Error('The connection was closed.'));
    }
  };

  /** Ends what a connection that has gone left half done, and so gives the session to the next one. */
  const clearTransactionIfNeeded = async (handlerId) => {
    if (owner === handlerId) await enqueue(handlerId, SYNC, () => {});
    if (owner === handlerId) await enqueue(handlerId, ROLLBACK, () => {});
  };

  return { enqueue, clearQueueForHandler, clearTransactionIfNeeded };
};
