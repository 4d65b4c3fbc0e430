import { expect, test } from 'vitest';
import { browse, createStore, HOUR, MINUTE, openTab } from '../support/make-session.js';
import { createTime } from '../support/time.js';

test('tabs of an origin share a session', () => {
  createStore();
  const time = createTime();

  const [one, other] = [openTab(time), openTab(time)];

  const first = one.current();
  expect(first.isNew).toBe(true);
  expect(other.current()).toEqual({ ...first, isNew: false });
});

test('a tab that is open in the background follows the session of the active one', () => {
  createStore();
  const time = createTime();
  const [active, background] = [openTab(time), openTab(time)];
  active.current();
  background.current();

  browse(active, time, 4 * HOUR + 5 * MINUTE);

  expect(background.current().id).toBe(active.current().id);
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
