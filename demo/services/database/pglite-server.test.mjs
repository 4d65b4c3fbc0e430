import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild } from '../child.mjs';

let server;
let pool;

beforeAll(async () => {
  const script = new URL('./pglite-server.mjs', import.meta.url);
  server = startChild({ name: 'database', script, env: { DATA_DIR: '' }, onLine: console.log });
  const connectionString = `postgres://postgres@127.0.0.1:${await server.port}/postgres`;
  pool = new pg.Pool({ connectionString, max: 12 });
  await pool.query('CREATE TABLE numbers (value integer)');
});

afterAll(async () => {
  await pool?.end();
  await server?.stop();
});

/** A connection that may break without failing the test. */
const connect = async () => {
  const client = new pg.Client(pool.options);
  client.on('error', () => {});
  await client.connect();
  return client;
};

const insertTwice = async (value) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO numbers VALUES ($1)', [value]);
    await client.query('INSERT INTO numbers VALUES ($1)', [-value]);
    await client.query('COMMIT');
    return value;
  } finally {
    client.release();
  }
};

const select = async (value) => {
  const { rows } = await pool.query('SELECT $1::int AS value, $2::text AS word', [value, `w${value}`]);
  return rows[0].word === `w${value}` && rows[0].value;
};

test('queries and transactions of many connections at once each get their own answer', async () => {
  const numbers = Array.from({ length: 120 }, (_, index) => index + 1);
  const answers = await Promise.all(numbers.map((value) => (value % 3 ? select : insertTwice)(value)));
  expect(answers).toEqual(numbers);

  const { rows } = await pool.query('SELECT count(*)::int AS count, sum(value)::int AS sum FROM numbers');
  expect(rows).toEqual([{ count: 80, sum: 0 }]);
});

test('a statement that fails leaves the other connections alone', async () => {
  const failing = () => pool.query('SELECT 1 / $1::int', [0]).catch(({ message }) => message);
  const answers = await Promise.all([failing(), select(1), insertTwice(5), failing(), select(2)]);
  expect(answers).toEqual(['division by zero', 1, 5, 'division by zero', 2]);
});

test('a client that vanishes within a transaction holds nobody up', async () => {
  const client = await connect();
  await client.query('BEGIN');
  await client.query('CREATE TABLE left_behind ()');
  client.connection.stream.destroy();

  const { rows } = await pool.query(`SELECT to_regclass('left_behind') AS found WHERE $1`, [true]);
  expect(rows).toEqual([{ found: null }]);
});

test('a client that vanishes half-way through a query holds nobody up', async () => {
  const client = await connect();
  // Without a Sync: the server has begun and waits for more.
  client.connection.parse({ text: 'SELECT 1' });
  client.connection.flush();
  await new Promise((resolve) => client.connection.once('parseComplete', resolve));
  client.connection.stream.destroy();

  expect(await select(7)).toBe(7);
});
