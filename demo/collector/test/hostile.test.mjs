import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import {
  current,
  eachWithCollector,
  JSON_TYPE,
  PROTOBUF_TYPE,
  post,
  protobufField,
  query,
  request,
  restart,
  send,
  span,
  traceIdOf,
} from './support.mjs';

eachWithCollector();

const MIB = 1024 * 1024;

/** A client that sends `text` and then nothing more; resolves with what the collector says as it hangs up. */
const stall = async (text) => {
  const socket = connect(current().port, '127.0.0.1');
  onTestFinished(() => socket.destroy());
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  // A reset ends it too.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', () => resolve(answer)));
  await once(socket, 'connect');
  socket.write(text);
  return { socket, closed };
};

const HEAD = `POST /v1/traces HTTP/1.1\r\nHost: collector\r\nContent-Type: ${JSON_TYPE}\r\n`;

test('clients that stall amid their headers or body are cut off, and others are served meanwhile', async () => {
  // Longer than the good request takes on a slow machine.
  await restart({ requestTimeout: 3000 });
  const stalled = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      stall(index % 2 ? HEAD : `${HEAD}Content-Length: 1000\r\n\r\n{"resourceSpans":[`),
    ),
  );

  await send([span({ id: 1 })]);
  const answers = await Promise.all(stalled.map(({ closed }) => closed));

  expect(new Set(answers.map((answer) => answer.split('\r\n')[0]))).toEqual(
    new Set(['HTTP/1.1 408 Request Timeout']),
  );
  expect(await query('stats')).toMatchObject({ spans: 1 });
});

test('large bodies at once are not all taken into memory, and what was refused may come again', async () => {
  const large = 8 * MIB;
  const body = `${HEAD}Content-Length: ${large}\r\n\r\n${' '.repeat(large - 1)}`;
  // Four would fit. All of them wait for their last byte.
  const clients = await Promise.all(Array.from({ length: 6 }, () => stall(body)));

  const refused = await Promise.any(clients.map(({ closed }) => closed));
  for (const { socket } of clients) socket.destroy();

  expect(refused).toMatch(/^HTTP\/1.1 503 /);
  expect(refused).toMatch(/^retry-after: 1\r$/im);
  const full = ' '.repeat(large - 1000) + JSON.stringify(request([span({ id: 1 })]));
  await expect.poll(async () => (await post(full)).status, { timeout: 10_000 }).toBe(200);
});

test('a resource counts once for each span that it would be stored with', async () => {
  const body = JSON.stringify(request(Array.from({ length: 100 }, (_, index) => span({ id: index + 1 }))));
  const large = body.replace('"shop"', `"${'x'.repeat(MIB)}"`);

  const response = await post(gzipSync(large), { 'Content-Encoding': 'gzip' });

  expect(response.status).toBe(413);
  await send([span({ id: 1 })]);
  expect(await query('stats')).toMatchObject({ spans: 1 });
});

test('brackets within brackets are refused before they are parsed: that would take seconds', async () => {
  const half = 3 * MIB;
  const unknown = `{"other":${'['.repeat(half)}${']'.repeat(half)}}`;

  const answers = await Promise.all([unknown, unknown.slice(0, half)].map((body) => post(body)));

  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
});

test('more values than any request needs are refused: those of two bytes take more than those of twenty', async () => {
  const values = `{"other":[${Array(600_000).fill('{}')}]}`;
  // Resource spans > scope spans > 1.2 million empty spans.
  const spans = protobufField(0x12, Buffer.alloc(2_400_000, Buffer.from([0x12, 0])));

  const json = await post(values);
  const protobuf = await post(protobufField(0x0a, spans), { 'Content-Type': PROTOBUF_TYPE });

  expect([json.status, protobuf.status]).toEqual([400, 400]);
  expect((await json.json()).message).toContain('more than 524288 pairs');
  expect(await protobuf.text()).toContain('more than 2097152 tags');
});

test('brackets and quotes in texts are no nesting', async () => {
  const text = `${'['.repeat(500)}\\"{\\`;
  await send([span({ id: 1, attributes: { text, after: '{' } })]);

  const { spans } = await query(`traces/${traceIdOf(1)}`);
  expect(spans[0].attributes).toEqual({ text, after: '{' });
});
