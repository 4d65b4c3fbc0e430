import pg from 'pg';
import { log } from './log.mjs';

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 4,
  idleTimeoutMillis: 10_000,
  connectionTimeoutMillis: 10_000,
});

// Without a listener an idle connection that breaks would end the process.
pool.on('error', (error) => log.error('lost a database connection', { reason: error.message }));

const rollBack = async (client) => {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch (error) {
    // Such a connection is of no use to the next request.
    client.release(error);
  }
};

/** Commits what `work` did, or nothing of it. */
export const inTransaction = async (work) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
};
