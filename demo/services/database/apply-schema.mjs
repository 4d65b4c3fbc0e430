import { readFile } from 'node:fs/promises';
import pg from 'pg';

const schema = new URL('./schema.sql', import.meta.url);

/** Creates tables and products where they are missing. All statements are one transaction. */
export const applySchema = async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect().catch((cause) => {
    const { host, port } = client;
    throw new Error(`The database at ${host}:${port} cannot be reached: ${cause.message}.`, { cause });
  });
  try {
    await client.query(await readFile(schema, 'utf8'));
  } finally {
    await client.end();
  }
};
