import { createSession, type SessionManager } from '../../../src/session/session.js';
import type { Config } from '../../../src/types.js';
import { withGlobals } from './globals.js';
import { createRandomHex } from './random.js';
import { createTime, type Time } from './time.js';

export const KEY = 'rootspan.session';

/** What a browser stores for an origin; all its tabs share it. */
export interface Store {
  items: Map<string, string>;
  /** The next accesses throw, as with blocked cookies or a full quota. */
  blocks: { read?: boolean; write?: boolean };
  writes: number;
}

export const createStore = (text?: string): Store => {
  const store: Store = { items: new Map(text === undefined ? [] : [[KEY, text]]), blocks: {}, writes: 0 };
  const check = (isBlocked?: boolean) => {
    if (isBlocked) throw new DOMException('blocked', 'SecurityError');
  };
  withGlobals({
    localStorage: {
      getItem: (key: string) => {
        check(store.blocks.read);
        return store.items.get(key) ?? null;
      },
      setItem: (key: string, value: string) => {
        check(store.blocks.write);
        store.writes++;
        store.items.set(key, value);
      },
    },
  });
  return store;
};

let tabs = 0;

/** A tab of the browser. Each draws its own random values. */
export const openTab = (time: Time = createTime(), config: Config = {}): SessionManager =>
  createSession(config, time, createRandomHex(++tabs));

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Lets time pass as a visitor does who acts every minute. */
export const browse = (tab: SessionManager, time: Time, ms: number): void => {
  for (let passed = 0; passed < ms; passed += MINUTE) {
    time.advance(MINUTE);
    tab.touch();
  }
};
