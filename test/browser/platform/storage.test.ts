import { expect, onTestFinished, test } from 'vitest';
import { readStore, writeStore } from '../../../src/platform/storage.js';

let count = 0;
/** A name that no other test has used. */
const freshKey = (): string => {
  const key = `rootspan.test.${++count}`;
  onTestFinished(() => localStorage.removeItem(key));
  return key;
};

/** Replaces a property for the length of a test. */
const replace = (host: object, name: string, descriptor: PropertyDescriptor): void => {
  const before = Object.getOwnPropertyDescriptor(host, name) as PropertyDescriptor;
  Object.defineProperty(host, name, { configurable: true, ...descriptor });
  onTestFinished(() => void Object.defineProperty(host, name, before));
};

const refuse = () => {
  throw new DOMException('refused', 'SecurityError');
};

test('what is written is in localStorage', () => {
  const key = freshKey();
  writeStore(key, 'kept');

  expect(localStorage.getItem(key)).toBe('kept');
  expect(readStore(key)).toBe('kept');
});

test('what nobody has written is null', () => {
  expect(readStore(freshKey())).toBeNull();
});

test('what another tab has written since is read', () => {
  const key = freshKey();
  writeStore(key, 'ours');
  localStorage.setItem(key, 'theirs');

  expect(readStore(key)).toBe('theirs');
});

test('with localStorage blocked this page remembers', () => {
  const key = freshKey();
  replace(window, 'localStorage', { get: refuse });
  const before = readStore(key);
  writeStore(key, 'remembered');

  expect([before, readStore(key)]).toEqual([null, 'remembered']);
});

test('with localStorage full this page remembers, until it can be stored again', () => {
  const key = freshKey();
  localStorage.setItem(key, 'old');
  const { setItem } = Storage.prototype;
  replace(Storage.prototype, 'setItem', { value: refuse, writable: true });
  writeStore(key, 'new');
  const whileFull = readStore(key);
  Storage.prototype.setItem = setItem;
  writeStore(key, 'newest');

  expect([whileFull, localStorage.getItem(key)]).toEqual(['new', 'newest']);
});
