import { expect, test } from 'vitest';
import type { Span } from '../../src/types.js';
import { makeApi } from './support/make-api.js';
import { settle } from './support/time.js';

test('span runs a function in an active span, ends it, and gives the result', () => {
  const { agent, ended } = makeApi();
  let active: Span | undefined;

  const result = agent.span('checkout', (span) => {
    active = agent.active();
    expect(active).toBe(span);
    expect(ended).toEqual([]);
    return 42;
  });

  expect(result).toBe(42);
  expect(ended.map(({ name }) => name)).toEqual(['checkout']);
  expect(agent.active()).toBeUndefined();
});

test('span takes the options of a span before the function', () => {
  const { agent, ended } = makeApi();

  agent.span('checkout', { kind: 3, attributes: { 'order.id': 'A1' } }, () => {});

  expect(ended[0]).toMatchObject({ kind: 3, attributes: { 'order.id': 'A1' } });
});

test('spans within are children', () => {
  const { agent, ended } = makeApi();

  agent.span('outer', () => agent.span('inner', () => {}));

  expect(ended.map(({ name }) => name)).toEqual(['inner', 'outer']);
  expect(ended[0]?.parentSpanId).toBe(ended[1]?.spanId);
});

test('a span with an asynchronous function ends when that is done', async () => {
  const { agent, ended } = makeApi();
  let finish = (_: string) => {};

  const result = agent.span('load', () => new Promise<string>((resolve) => (finish = resolve)));
  await settle();
  expect(ended).toEqual([]);
  finish('done');

  expect(await result).toBe('done');
  expect(ended).toHaveLength(1);
});

test('what a function throws is recorded on its span and thrown on, the very same', () => {
  const { agent, ended, recorded } = makeApi();
  const error = new Error('a fault of the page');
  let thrown: unknown;

  try {
    agent.span('fail', () => {
      throw error;
    });
  } catch (caught) {
    thrown = caught;
  }

  expect(thrown).toBe(error);
  expect(recorded[0]?.[0]).toBe(error);
  expect(recorded[0]?.[1]?.spanContext().spanId).toBe(ended[0]?.spanId);
  expect(ended).toHaveLength(1);
});

test.each([new Error('no'), undefined, 'text', null])(
  'what rejects with %s rejects with the same',
  async (reason) => {
    const { agent, ended, recorded } = makeApi();

    const result = agent.span('fail', () => Promise.reject(reason));

    expect(await result.catch((caught) => [caught])).toEqual([reason]);
    expect(recorded.map(([error]) => error)).toEqual([reason]);
    expect(ended).toHaveLength(1);
  },
);

test('a rejection that nobody handles is reported once, one that is handled never', async () => {
  const { agent } = makeApi();
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', listen);

  agent.span('handled', () => Promise.reject('handled')).catch(() => {});
  void agent.span('unhandled', () => Promise.reject('unhandled'));
  await settle();
  await settle();

  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual(['unhandled']);
});

test('a thenable that is no promise ends its span as well', async () => {
  const { agent, ended } = makeApi();
  // biome-ignore lint/suspicious/noThenProperty: what the test is about
  const thenable = { then: (resolve: (value: number) => void) => resolve(7) };

  agent.span('odd', () => thenable);
  await settle();

  expect(ended).toHaveLength(1);
});

// biome-ignore lint/suspicious/noThenProperty: what the test is about
test.each([null, undefined, 0, '', { then: 'no function' }])('the result %j is no promise', (value) => {
  const { agent, ended } = makeApi();

  expect(agent.span('plain', () => value)).toBe(value);
  expect(ended).toHaveLength(1);
});
