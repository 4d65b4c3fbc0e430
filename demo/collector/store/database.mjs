import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { schema, stagingSchema } from './schema.mjs';

const settings = {
  threads: '2',
  memory_limit: '1GB',
  // SQL of ours never reads files or fetches extensions; so nothing could make it do so.
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

const open = async (file) => {
  if (file !== ':memory:') await mkdir(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(file, settings);
  const connection = await instance.connect();
  await connection.run(schema);
  await connection.run(stagingSchema);
  return { instance, connection };
};

/**
 * The DuckDB file, or `:memory:`. When DuckDB could not finish moving data to its place, as on a full disk, it refuses
 * everything until the file is opened again: that is tried with each batch from then on.
 */
export const openDatabase = async (file) => {
  let opened = await open(file);
  let isRefusing = false;

  const close = () => {
    opened?.connection.closeSync();
    opened?.instance.closeSync();
    opened = undefined;
  };

  return {
    /** A connection of its own, to be closed after use. */
    connect: async () => {
      if (!opened) throw new Error('the database is being opened again');
      return opened.instance.connect();
    },
    /** The connection of the one writer. */
    writing: async () => {
      if (isRefusing) close();
      opened ??= await open(file);
      isRefusing = false;
      return opened.connection;
    },
    /** Has to be told what made a batch fail. */
    failed: ({ message }) => {
      // What is in memory would be gone.
      isRefusing = file !== ':memory:' && message.includes('has been invalidated');
    },
    close,
  };
};
