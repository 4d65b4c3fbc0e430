import { openDatabase } from './database.mjs';
import { createWriter } from './writer.mjs';

/** The store could not take the batch: the sender may try again. */
export class StoreFailed extends Error {}

// A connection for each query: two queries at once on one connection would cancel each other's results.
const createRead = (database) => async (sql, values) => {
  const connection = await database.connect();
  try {
    return (await connection.runAndReadAll(sql, values)).getRowObjectsJS();
  } finally {
    connection.closeSync();
  }
};

/** Opens the DuckDB file, or `:memory:`. `onCommit` gets each committed batch. */
export const openStore = async (file, onCommit = () => {}) => {
  const database = await openDatabase(file);
  const writer = createWriter(database, onCommit);
  let isClosed = false;
  return {
    read: createRead(database),
    write: async (batch) => {
      if (isClosed) throw new StoreFailed('the store is closed');
      try {
        await writer.write(batch);
      } catch (error) {
        throw new StoreFailed(`the batch could not be stored: ${error.message}`);
      }
    },
    close: async () => {
      isClosed = true;
      await writer.finished();
      database.close();
    },
  };
};
