import type { Store } from '../platform/storage.js';
import type { Clock, EpochMs, Session, SessionOptions } from '../types.js';
import { uuid } from '../util/ids.js';
import { isSampled, RANDOM_DIGITS } from './sampler.js';

const KEY = 'rootspan.session';
/** Other tabs' changes are looked for, and our activity is written, at most this often, in milliseconds. */
const SYNC_MS = 1000;

interface Stored {
  id: string;
  previousId?: string | undefined;
  startTime: EpochMs;
  lastActive: EpochMs;
  /** 14 hex digits: the draw that decides. */
  random: string;
  sampleRate: number;
}

export interface SessionManager {
  /** The same frozen object until the session changes. */
  current(): Session;
  /** The visitor did something: keeps the session alive. */
  touch(): void;
}

interface Options extends SessionOptions {
  sampleRate: number;
  store: Store;
  clock: Clock;
  id(digits: number): string;
}

/** One session for all tabs of the origin; it ends after idle time or at its longest life, and another begins. */
export const createSession = (options: Options): SessionManager => {
  const { sampleRate, store, clock, id, idleTimeout = 15 * 60_000, maxDuration = 4 * 3600_000 } = options;
  let stored: Stored | undefined;
  let session: Session | undefined;
  let syncedAt = 0;

  const isAlive = ({ startTime, lastActive }: Stored, now: EpochMs): boolean =>
    // A start in the future is another clock's, or ours before it was set back.
    now >= startTime - SYNC_MS && now - startTime < maxDuration && now - lastActive < idleTimeout;

  const begin = (now: EpochMs): Stored => ({
    id: uuid(id),
    previousId: stored?.id,
    startTime: now,
    lastActive: now,
    random: id(RANDOM_DIGITS),
    sampleRate,
  });

  const sync = (isActivity: boolean): Session => {
    const now = clock.now();
    const isFresh = !isActivity && now >= syncedAt && now - syncedAt < SYNC_MS;
    if (isFresh && session && stored && isAlive(stored, now)) return session;
    syncedAt = now;
    stored = parse(store.get(KEY)) ?? stored;
    const isNew = !stored || !isAlive(stored, now);
    if (!stored || isNew) stored = begin(now);
    if (isActivity) stored.lastActive = now;
    if (isNew || isActivity) store.set(KEY, JSON.stringify(stored));
    if (session?.id !== stored.id) session = freeze(stored);
    return session;
  };

  return {
    current: () => sync(false),
    touch: () => {
      if (!stored || clock.now() - stored.lastActive > SYNC_MS) sync(true);
    },
  };
};

const freeze = ({ id, previousId, startTime, random, sampleRate }: Stored): Session =>
  Object.freeze({ id, previousId, startTime, sampleRate, sampled: isSampled(random, sampleRate) });

/** What another page, version or script has left there; anything odd counts as nothing. */
const parse = (text: string | null): Stored | undefined => {
  try {
    const value = JSON.parse(text ?? '') as Stored; // checked below, field by field
    const isValid =
      /^[\da-f-]{36}$/.test(value.id) &&
      /^[\da-f]{14}$/.test(value.random) &&
      [value.startTime, value.lastActive, value.sampleRate].every(Number.isFinite);
    return isValid ? value : undefined;
  } catch {
    // Not ours, or cut.
    return undefined;
  }
};
