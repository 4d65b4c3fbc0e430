import { appendLogs, appendSpans, logRow, spanRow } from './schema.mjs';

const joined = (batches) => ({
  traces: batches.flatMap((batch) => batch.traces ?? []),
  logs: batches.flatMap((batch) => batch.logs ?? []),
  rejected: batches.reduce((sum, batch) => sum + batch.rejected, 0),
  bytes: batches.reduce((sum, batch) => sum + batch.bytes, 0),
});

// A sender that lost our answer sends again: the first copy of a span wins, within a batch and across batches.
const KEEP_NEW = `
  INSERT INTO spans SELECT DISTINCT ON (trace_id, span_id) * FROM incoming_spans ON CONFLICT DO NOTHING`;

const insert = async (connection, { traces, logs, rejected, bytes }) => {
  const now = Date.now();
  if (traces.length > 0) {
    await appendSpans(
      connection,
      traces.map((span) => spanRow(span, now)),
    );
    await connection.run(KEEP_NEW);
    await connection.run('DELETE FROM incoming_spans');
  }
  if (logs.length > 0) {
    await appendLogs(
      connection,
      logs.map((log) => logRow(log, now)),
    );
  }
  await connection.run('UPDATE totals SET rejected = rejected + $rejected, bytes = bytes + $bytes', {
    rejected: BigInt(rejected),
    bytes: BigInt(bytes),
  });
};

const commit = async (database, batch) => {
  const connection = await database.writing();
  await connection.run('BEGIN');
  try {
    await insert(connection, batch);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
};

/**
 * One writer for all requests. What arrives during a commit goes together into the next one, so a burst of small
 * requests costs few commits; if that fails, each into one of its own. `write` resolves when its batch is committed.
 */
export const createWriter = (database, onCommit) => {
  const waiting = [];
  let running;

  const commitTogether = async (requests) => {
    const batch = joined(requests.map((request) => request.batch));
    try {
      await commit(database, batch);
      for (const request of requests) request.resolve();
      onCommit(batch);
    } catch (error) {
      database.failed(error);
      if (requests.length === 1) requests[0].reject(error);
      // One of them may be all that is wrong. Sent again, they would meet it again.
      else for (const request of requests) await commitTogether([request]);
    }
  };

  const drain = async () => {
    while (waiting.length > 0) await commitTogether(waiting.splice(0));
    running = undefined;
  };

  return {
    write: (batch) =>
      new Promise((resolve, reject) => {
        waiting.push({ batch, resolve, reject });
        running ??= drain();
      }),
    /** Resolves when everything handed over so far is committed. */
    finished: async () => running,
  };
};
