import { afterEach, expect, test } from 'vitest';
import { createStore, KEY, openTab } from '../support/make-session.js';
import { createTime, START } from '../support/time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Lets time pass as a visitor does who acts every minute. */
const browse = (tab: ReturnType<typeof openTab>, time: ReturnType<typeof createTime>, ms: number) => {
  for (let passed = 0; passed < ms; passed += MINUTE) {
    time.advance(MINUTE);
    tab.touch();
  }
};

afterEach(() => {
  // What could not be stored in one test must not be remembered in the next.
  createStore();
  openTab().touch();
});

test('a session has the id of a random UUID, and begins now', () => {
  createStore();

  const session = openTab().current();

  expect(session.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect(session).toMatchObject({ startTime: START, sampled: true, sampleRate: 1 });
  expect(session.previousId).toBeUndefined();
});

test('a session is the same frozen object until it changes', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const session = tab.current();

  browse(tab, time, 10 * MINUTE);

  expect(tab.current()).toBe(session);
  expect(Object.isFrozen(session)).toBe(true);
});

test('after 15 minutes without activity another session begins, which knows the one before', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  time.advance(15 * MINUTE - 1);
  expect(tab.current()).toBe(first);
  time.advance(1);
  const second = tab.current();

  expect(second.id).not.toBe(first.id);
  expect(second).toMatchObject({ previousId: first.id, startTime: START + 15 * MINUTE });
});

test('activity keeps a session alive, requests and timers of the page do not', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  browse(tab, time, HOUR);
  expect(tab.current()).toBe(first);
  for (let minute = 0; minute < 15; minute++) {
    time.advance(MINUTE);
    tab.current();
  }

  expect(tab.current().id).not.toBe(first.id);
});

test('a session ends after four hours, however active', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  browse(tab, time, 4 * HOUR - MINUTE);
  expect(tab.current()).toBe(first);
  browse(tab, time, MINUTE);

  expect(tab.current().previousId).toBe(first.id);
});

test('the limits are those of the configuration', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time, { session: { idleTimeout: 5000, maxDuration: 12_000 } });
  const ids = new Set([tab.current().id]);

  time.advance(5000);
  ids.add(tab.current().id);
  for (let second = 0; second < 12; second++) {
    time.advance(1001);
    tab.touch();
  }
  ids.add(tab.current().id);

  expect(ids.size).toBe(3);
});

test('tabs of an origin share a session', () => {
  createStore();
  const time = createTime();

  const [one, other] = [openTab(time), openTab(time)];

  expect(one.current()).toEqual(other.current());
});

test('a tab that is open in the background follows the session of the active one', () => {
  createStore();
  const time = createTime();
  const [active, background] = [openTab(time), openTab(time)];
  active.current();
  background.current();

  browse(active, time, 4 * HOUR + 5 * MINUTE);

  expect(background.current()).toEqual(active.current());
});

test('activity in one tab keeps the session of the others', () => {
  createStore();
  const time = createTime();
  const [active, background] = [openTab(time), openTab(time)];
  const first = background.current();

  browse(active, time, HOUR);

  expect(background.current()).toBe(first);
});

test('two tabs never change the session to and fro', () => {
  createStore();
  const time = createTime();
  const tabs = [openTab(time), openTab(time)];
  const ids: string[] = [];

  for (let minute = 0; minute < 10 * 60; minute++) {
    time.advance(MINUTE);
    for (const tab of tabs) {
      if (minute % 7 === 0) tab.touch();
      ids.push(tab.current().id);
    }
  }

  const changes = ids.filter((id, index) => id !== ids[index - 1]).length;
  expect(changes).toBe(new Set(ids).size);
  expect(changes).toBe(3);
});

test('a page that loads later goes on with the session, its draw and its rate', () => {
  createStore();
  const time = createTime();
  const first = openTab(time, { sampleRate: 0 }).current();

  const second = openTab(time, { sampleRate: 1 }).current();

  expect(second).toEqual(first);
  expect(second).toMatchObject({ sampled: false, sampleRate: 0 });
});

test('the next session has the rate of the configuration', () => {
  createStore();
  const time = createTime();
  openTab(time, { sampleRate: 0 }).current();
  const tab = openTab(time, { sampleRate: 1 });

  time.advance(15 * MINUTE);

  expect(tab.current()).toMatchObject({ sampled: true, sampleRate: 1 });
});

test('at rate 0.5 some sessions are kept and some are not, each for its whole life', () => {
  const decisions = Array.from({ length: 40 }, () => {
    createStore();
    const time = createTime();
    const decided = openTab(time, { sampleRate: 0.5 }).current().sampled;
    const later = [1, 2, 3].map(() => openTab(time, { sampleRate: 0.5 }).current().sampled);
    expect(new Set([decided, ...later]).size).toBe(1);
    return decided;
  });

  expect(new Set(decisions).size).toBe(2);
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
  JSON.stringify({ id: 'a'.repeat(36), random: 'a'.repeat(14), startTime: '1', lastActive: 1, sampleRate: 1 }),
  JSON.stringify({ id: 'a'.repeat(36), random: 'a'.repeat(14), startTime: null, lastActive: {}, sampleRate: 1 }),
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
  expect(openTab(time).current()).toEqual(session);
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

test('a clock that is set back an hour begins another session, not one that never ends', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  time.jump(-HOUR);
  const second = tab.current();
  time.advance(15 * MINUTE);

  expect(second).toMatchObject({ previousId: first.id, startTime: START - HOUR });
  expect(tab.current().id).not.toBe(second.id);
});

test.each([HOUR, 30 * 24 * HOUR])('a stored session that began %i ms from now is not taken over', (ahead) => {
  const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  const stored = { id, startTime: START + ahead, lastActive: START + ahead, random: 'a'.repeat(14), sampleRate: 1 };
  createStore(JSON.stringify(stored));

  expect(openTab().current()).toMatchObject({ previousId: id, startTime: START });
});

test('a last activity in the future does not keep a session longer than its four hours', () => {
  const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  const stored = { id, startTime: START, lastActive: START + 900 * HOUR, random: 'a'.repeat(14), sampleRate: 1 };
  createStore(JSON.stringify(stored));
  const time = createTime();
  const tab = openTab(time);

  time.advance(4 * HOUR);

  expect(tab.current().id).not.toBe(id);
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
