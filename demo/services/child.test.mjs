import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild } from './child.mjs';

let folder;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'child-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** A child that runs `code`, and what is told of its end. */
const start = async (code) => {
  const script = pathToFileURL(join(folder, 'script.mjs'));
  await writeFile(script, code);
  const lines = [];
  let onExit;
  const ended = new Promise((resolve) => {
    onExit = (...end) => resolve(end);
  });
  const child = startChild({ name: 'till', script, env: {}, onLine: (line) => lines.push(line), onExit });
  return { child, ended, lines };
};

const LISTEN = 'process.send({ port: 1234 });';
const WAIT = 'setInterval(() => {}, 1000);';

test.each([
  ['process.exit(7)', 'code 7'],
  // An end is unexpected however tidy it is.
  ['process.exit(0)', 'code 0'],
  ["process.kill(process.pid, 'SIGKILL')", 'SIGKILL'],
])('%s of a child that was listening is told, and logged', async (end, how) => {
  const { child, ended, lines } = await start(`${LISTEN} process.once('message', () => ${end});`);
  expect(await child.port).toBe(1234);

  child.configure({});

  expect(await ended).toEqual(['till', how]);
  expect(JSON.parse(lines.at(-1))).toMatchObject({
    level: 'error',
    service: 'till',
    message: `ended with ${how}`,
  });
  await child.stop();
});

test('a stop that was asked for is not told', async () => {
  const { child, ended, lines } = await start(`${LISTEN} ${WAIT}`);
  await child.port;

  await child.stop();

  expect(await Promise.race([ended, 'nothing'])).toBe('nothing');
  expect(lines).toEqual([]);
});

test('an end before it listens is told by the port alone', async () => {
  const { child, ended, lines } = await start('process.exit(3)');

  await expect(child.port).rejects.toThrow('till did not start: it ended with code 3.');

  await child.stop();
  expect(await Promise.race([ended, 'nothing'])).toBe('nothing');
  expect(lines).toHaveLength(1);
});

test('what a child says of its failure is the reason', async () => {
  const { child } = await start(`process.send({ failure: 'the drawer is stuck' }); ${WAIT}`);

  await expect(child.port).rejects.toThrow('till did not start: the drawer is stuck.');

  await child.stop();
});
