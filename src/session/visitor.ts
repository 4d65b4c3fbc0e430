import { readStore, writeStore } from '../platform/storage.js';
import type { Attributes } from '../types.js';
import { createClock } from '../util/clock.js';
import { createIds } from '../util/ids.js';
import { uuid } from './session.js';

const KEY = 'rootspan-visitor';
/** 13 months, in milliseconds. */
const LIFE_MS = 395 * 24 * 3600_000;

/**
 * For the option `attributes`: puts `enduser.pseudo.id` on every span, a random UUID that stands for this browser on this
 * origin, not for a person. It is kept in `localStorage`, and after 13 months another one is drawn; as all that the agent
 * stores, with consent alone, and removed when that is denied. With Global Privacy Control no span has it.
 */
export const visitorId = (): (() => Attributes) => {
  const clock = createClock();
  const id = createIds();
  return () => {
    const now = Math.floor(clock.now());
    let [, known, since] = /^([\da-f-]{36}) (\d+)$/.exec(`${readStore(KEY)}`) ?? [];
    // Or it was drawn by a clock that was years ahead.
    if (!known || Math.abs(now - Number(since)) > LIFE_MS) {
      known = uuid(id(32));
      writeStore(KEY, `${known} ${now}`);
    }
    return { 'enduser.pseudo.id': known };
  };
};
