import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { schema, stagingSchema } from './schema.mjs';
import { createWriter } from './writer.mjs';

const settings = {
  threads: '2',
  memory_limit: '1GB',
  // SQL of ours never reads files or fetches extensions; so nothing could make it do so.
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/** The store could not take the batch: the sender may try again. */
export class StoreFailed extends Error {}

// A connection for each query: two queries at once on one connection would cancel each other's results.
const createRead = (instance) => async (sql, values) => {
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql, values)).getRowObjectsJS();
  } finally {
    connection.closeSync();
  }
};

const open = async (file) => {
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(file, settings);
  const connection = await instance.connect();
  await connection.run(schema);
  await connection.run(stagingSchema);
  return { instance, connection };
};

/** Opens the DuckDB file, or `:memory:`. `onCommit` gets each committed batch. */
export const openStore = async (file, onCommit = () => {}) => {
  const { instance, connection } = await open(file);
  const writer = createWriter(connection, onCommit);
  let isClosed = false;
  return {
    read: createRead(instance),
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
      connection.closeSync();
      instance.closeSync();
    },
  };
};
