import { afterEach, expect, test } from 'vitest';
import { browse, createStore, HOUR, KEY, MINUTE, openTab } from '../support/make-session.js';
import { createTime, START } from '../support/time.js';

afterEach(() => {
  // What could not be stored in one test must not be remembered in the next.
  createStore();
  openTab().touch();
});

test.each([
  '',
  'null',
  '[]',
  '7',
  '{',
  '"text"',
  '{}',
  '{"id":1}',
  '{"id":"x","random":"y","startTime":1,"lastActive":1,"sampleRate":1}',
  JSON.stringify({ id: 'g'.repeat(36), random: 'a'.repeat(14), startTime: 1, lastActive: 1, sampleRate: 1 }),
  JSON.stringify({
    id: 'a'.repeat(36),
    random: 'a'.repeat(14),
    startTime: '1',
    lastActive: 1,
    sampleRate: 1,
  }),
  JSON.stringify({
    id: 'a'.repeat(36),
    random: 'a'.repeat(14),
    startTime: null,
    lastActive: {},
    sampleRate: 1,
  }),
  '<script>',
])('what another script has left there (%s) is no session', (text) => {
  const store = createStore(text);

  const session = openTab().current();

  expect(session).toMatchObject({ startTime: START, sampled: true });
  expect(session.id).toMatch(/^[\da-f-]{36}$/);
  expect(JSON.parse(store.items.get(KEY) ?? '').id).toBe(session.id);
});

test('a session that another script overwrites goes on in this page', () => {
  const store = createStore();
  const time = createTime();
  const tab = openTab(time);
  const session = tab.current();

  store.items.set(KEY, 'overwritten');
  browse(tab, time, 20 * MINUTE);

  expect(tab.current()).toBe(session);
  expect(openTab(time).current().id).toBe(session.id);
});

test('a session that is removed, as at a logout, goes on in this page', () => {
  const store = createStore();
  const time = createTime();
  const tab = openTab(time);
  const session = tab.current();

  store.items.clear();
  browse(tab, time, 5 * MINUTE);

  expect(tab.current()).toBe(session);
});

test.each([{ read: true, write: true }, { read: true }, { write: true }])(
  'with storage that throws (%j) a session lives in the memory of the page',
  (blocks) => {
    const store = createStore();
    store.blocks = blocks;
    const time = createTime();
    const tab = openTab(time);

    const session = tab.current();
    browse(tab, time, HOUR);

    expect(tab.current()).toBe(session);
    time.advance(15 * MINUTE);
    tab.touch();
    expect(tab.current().previousId).toBe(session.id);
  },
);

test('a quota that fills up in the midst of a session does not end it', () => {
  const store = createStore();
  const time = createTime();
  const tab = openTab(time);
  const session = tab.current();

  store.blocks = { write: true };
  browse(tab, time, HOUR);

  expect(tab.current()).toBe(session);
});

test('without any storage, as in a worker, there is a session', () => {
  expect(openTab().current().id).toMatch(/^[\da-f-]{36}$/);
});

test('storage is written once a second at most', () => {
  const store = createStore();
  const time = createTime();
  const tab = openTab(time);
  tab.current();

  for (let event = 0; event < 1000; event++) {
    time.advance(10);
    tab.touch();
    tab.current();
  }

  expect(store.writes).toBeLessThanOrEqual(11);
});
