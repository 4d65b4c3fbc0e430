import { expect, test } from 'vitest';
import { browse, createStore, HOUR, MINUTE, openTab } from '../support/make-session.js';
import { createTime, START } from '../support/time.js';

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

test('after 15 minutes without activity another session begins with the next, which knows the one before', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  time.advance(15 * MINUTE - 1);
  expect(tab.current()).toBe(first);
  time.advance(1);
  tab.touch();
  const second = tab.current();

  expect(second.id).not.toBe(first.id);
  expect(second).toMatchObject({ previousId: first.id, startTime: START + 15 * MINUTE });
});

test('activity keeps a session alive and begins another, requests and timers of the page do neither', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  browse(tab, time, HOUR);
  expect(tab.current()).toBe(first);
  for (let minute = 0; minute < 60; minute++) {
    time.advance(MINUTE);
    expect(tab.current()).toBe(first);
  }
  tab.touch();

  expect(tab.current()).toMatchObject({ previousId: first.id });
});

test('a tab that nobody uses joins the session that another one has begun', () => {
  createStore();
  const time = createTime();
  const [idle, used] = [openTab(time), openTab(time)];
  const first = idle.current();

  time.advance(HOUR);
  expect(idle.current()).toBe(first);
  used.touch();

  expect(idle.current()).toMatchObject({ id: used.current().id, previousId: first.id });
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
  tab.touch();
  ids.add(tab.current().id);
  for (let second = 0; second < 12; second++) {
    time.advance(1001);
    tab.touch();
  }
  ids.add(tab.current().id);

  expect(ids.size).toBe(3);
});

test('a page that loads later goes on with the session, its draw and its rate', () => {
  createStore();
  const time = createTime();
  const first = openTab(time, { sampleRate: 0 }).current();

  const second = openTab(time, { sampleRate: 1 }).current();

  expect(second).toEqual({ ...first, isNew: false });
  expect(second).toMatchObject({ sampled: false, sampleRate: 0 });
});

test('the next session has the rate of the configuration', () => {
  createStore();
  const time = createTime();
  openTab(time, { sampleRate: 0 }).current();
  const tab = openTab(time, { sampleRate: 1 });

  time.advance(15 * MINUTE);
  tab.touch();

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

test('a clock that is set back an hour begins another session, not one that never ends', () => {
  createStore();
  const time = createTime();
  const tab = openTab(time);
  const first = tab.current();

  time.jump(-HOUR);
  const second = tab.current();
  time.advance(15 * MINUTE);
  tab.touch();

  expect(second).toMatchObject({ previousId: first.id, startTime: START - HOUR });
  expect(tab.current().id).not.toBe(second.id);
});

test.each([HOUR, 30 * 24 * HOUR])('a stored session that began %i ms from now is not taken over', (ahead) => {
  const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  const stored = {
    id,
    startTime: START + ahead,
    lastActive: START + ahead,
    random: 'a'.repeat(14),
    sampleRate: 1,
  };
  createStore(JSON.stringify(stored));

  expect(openTab().current()).toMatchObject({ previousId: id, startTime: START });
});

test('a last activity in the future does not keep a session longer than its four hours', () => {
  const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  const stored = {
    id,
    startTime: START,
    lastActive: START + 900 * HOUR,
    random: 'a'.repeat(14),
    sampleRate: 1,
  };
  createStore(JSON.stringify(stored));
  const time = createTime();
  const tab = openTab(time);

  time.advance(4 * HOUR);

  expect(tab.current().id).not.toBe(id);
});
