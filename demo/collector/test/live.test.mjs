import { connect } from 'node:net';
import { Hono } from 'hono';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLive, streamLive } from '../live.mjs';
import { current, eachWithCollector, send, span, traceIdOf } from './support.mjs';

eachWithCollector();

test('batches within 300 milliseconds become one event', () => {
  vi.useFakeTimers();
  onTestFinished(() => vi.useRealTimers());
  const live = createLive();
  const events = [];
  live.subscribe({ send: (data) => events.push(JSON.parse(data)), close: () => {} });

  live.add({ traces: [{ traceId: 'a' }], logs: [{ traceId: null }] });
  vi.advanceTimersByTime(200);
  live.add({ traces: [{ traceId: 'a' }], logs: [{ traceId: 'b' }] });
  vi.advanceTimersByTime(100);
  live.add({ traces: [{ traceId: 'c' }], logs: [] });
  vi.advanceTimersByTime(300);

  expect(events).toEqual([{ traceIds: ['a', 'b'] }, { traceIds: ['c'] }]);
});

test('the stream of a client that does not read ends, so that nothing piles up for it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => vi.useRealTimers());
  const live = createLive();
  const app = new Hono().get('/', (context) => streamLive(context, live));
  const { body } = await app.request('/');

  for (let event = 0; event < 100; event += 1) {
    live.add({ traces: [{ traceId: `trace ${event}` }], logs: [] });
    await vi.advanceTimersByTimeAsync(300);
  }
  live.stop();

  const text = await new Response(body).text();
  expect(text.match(/trace \d+/g)).toEqual(['trace 0']);
});

const openEvents = async () => {
  const { body, headers } = await fetch(`${current().url}/api/live`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const changed = () =>
    [...text.matchAll(/event: traces\ndata: (.*)\n/g)].flatMap(([, data]) => JSON.parse(data).traceIds);
  const until = async (isReached) => {
    while (!isReached(text)) text += (await reader.read()).value;
  };
  onTestFinished(() => reader.cancel());
  return { type: headers.get('content-type'), changed, until };
};

test('a listener is told which traces changed', async () => {
  const { type, changed, until } = await openEvents();
  await until((text) => text.startsWith(': connected'));

  await Promise.all([send([span({ trace: 1 })]), send([span({ trace: 2 })])]);
  await until(() => changed().length >= 2);

  expect(type).toContain('text/event-stream');
  expect(changed().sort()).toEqual([1, 2].map(traceIdOf));
});

test('stopping ends the streams and frees the port', async () => {
  const stream = await fetch(`${current().url}/api/live`);

  await Promise.all([current().stop(), stream.text().catch(() => 'cut')]);

  const refused = new Promise((resolve) => connect(current().port, '127.0.0.1').once('error', resolve));
  expect((await refused).code).toBe('ECONNREFUSED');
});
