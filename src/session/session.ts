import { readEarly } from '../platform/early.js';
import { readStore, writeStore } from '../platform/storage.js';
import type { Clock, Config, EpochMs, Session } from '../types.js';
import { attempt } from '../util/guard.js';
import { askRate, isSampled, RANDOM_DIGITS } from './sampler.js';

/** Also the name of its cookie. */
export const KEY = 'rootspan.session';
/** Activity is written at most this often, in milliseconds. */
const WRITE_MS = 1000;

interface Stored {
  id: string;
  previousId?: string | undefined;
  startTime: EpochMs;
  lastActive: EpochMs;
  /** 14 hex digits: the draw that decides. */
  random: string;
  sampleRate: number;
  promoted?: string | undefined;
  until?: EpochMs;
}

export interface SessionManager {
  /** The same frozen object until the session changes. */
  current(): Session;
  /** The visitor did something: keeps the session alive. */
  touch(): void;
  /** Keeps an unsampled session from here on, in all tabs. */
  promote(reason: string): void;
  /** The next one knows nothing of it. */
  forget(): void;
}

/** One session for all tabs of the origin; it ends after idle time or at its longest life, and another begins. */
export const createSession = (
  config: Config,
  clock: Clock,
  id: (digits: number) => string,
): SessionManager => {
  const { session: { idleTimeout = 15 * 60_000, maxDuration = 4 * 3600_000, storage } = {} } = config;
  let seen: string | null = null;
  let stored: Stored | undefined;
  let session: Session | undefined;

  const isOver = ({ startTime, lastActive }: Stored, now: EpochMs, isActive: boolean | undefined): boolean =>
    // A start in the future is another clock's, or ours before it was set back.
    now <= startTime - WRITE_MS ||
    now - startTime >= maxDuration ||
    // A page that nobody uses begins none.
    (now - lastActive >= idleTimeout && (isActive || !session));

  const sync = (isActive?: boolean, reason?: string): Session => {
    const now = clock.now();
    const text = readStore(KEY, storage);
    // Another tab, or the page before, has gone on with it.
    if (text !== seen) stored = parse(text) ?? stored;
    seen = text;
    const isNew = !stored || isOver(stored, now, isActive);
    if (!stored || isNew) {
      stored = {
        id: uuid(id(32)),
        previousId: stored?.id,
        startTime: now,
        lastActive: 0,
        // The snippet has decided by it already.
        random: readEarly()[2]?.slice(0, RANDOM_DIGITS) ?? id(RANDOM_DIGITS),
        sampleRate: askRate(config),
      };
    }
    stored.promoted ??= reason;
    if (session?.id !== stored.id || session.promoted !== stored.promoted) {
      session = describe(stored, isNew || (session?.id === stored.id && session.isNew), config);
    }
    // One that has just begun is written too, and what other tabs must know.
    if (reason || ((isActive || !stored.lastActive) && now - stored.lastActive > WRITE_MS)) {
      if (!reason) stored.lastActive = now;
      const { sampled, startTime } = session;
      // For the snippet: the decision, and how long it holds.
      seen = JSON.stringify({
        ...stored,
        sampled,
        until: Math.min(startTime + maxDuration, stored.lastActive + idleTimeout),
      });
      writeStore(KEY, seen, storage);
    }
    return session;
  };

  return {
    current: () => sync(),
    touch: () => void sync(true),
    promote: (reason) => void sync(false, reason),
    forget: () => {
      stored = session = undefined;
    },
  };
};

/** What is known of it outside. */
const describe = (
  { random, lastActive, until, ...facts }: Stored,
  isNew: boolean,
  { consistentSampling }: Config,
): Session => {
  const { promoted, sampleRate } = facts;
  // One that was promoted was not drawn.
  const traceState = consistentSampling?.(random, promoted ? 0 : sampleRate);
  const isDrawn = traceState ? /th:/.test(traceState) : isSampled(random, sampleRate);
  return Object.freeze({ ...facts, isNew, traceState, sampled: !!promoted || isDrawn });
};

/** A version 4 UUID (RFC 9562, section 5.4), variant 8. */
export const uuid = (hex: string): string => hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');

/** What another page, version or script has left there; anything odd counts as nothing. */
const parse = (text: string | null): Stored | undefined =>
  attempt(() => {
    const value: Stored = JSON.parse(`${text}`);
    const { id, random, startTime, lastActive, sampleRate } = value;
    const isOurs =
      /^[\da-f-]{36}[\da-f]{14}$/.test(id + random) && Number.isFinite(startTime + lastActive + sampleRate);
    return isOurs ? value : undefined;
  });
