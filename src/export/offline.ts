import { listStore, readStore, removeStore, writeStore } from '../platform/storage.js';
import type { Clock } from '../types.js';
import { attempt } from '../util/guard.js';
import { createDeferred, type Deferred, type DeferredParts } from './deferred.js';

/** The digit is the form of what stands there: another version leaves it alone. */
const PREFIX = 'rootspan.unsent1.';
const MAX_BODIES = 16;
const MAX_LENGTH = 32 * 1024;
/** Later a trace would be of no use, and backends refuse it: a day, in milliseconds. */
const MAX_AGE_MS = 24 * 3600_000;
/** How long what was taken may seem to be there to another tab: browsers tell each process a moment later. */
const LOCK_MS = 100;

/** A body that was taken out. */
export interface StoredBody {
  body: string;
  /** Spans, or log records, in it. */
  count: number;
  /** Put there by this very page. */
  isOwn: boolean;
  /** Too old to be sent. */
  isOld: boolean;
}

/** Bodies that outlive the page, in an order: each is taken once, by whichever tab. Nothing in it throws. */
export interface OfflineStore {
  /** False when nothing was found the last time, and nothing was put there since. */
  hasAny(): boolean;
  /** False when there is no room. */
  add(body: string, count: number): boolean;
  take(): StoredBody | undefined;
  /** Runs `fn`, which takes one, while no other tab does; not at all while another one does. */
  lock(fn: () => Promise<boolean>): Promise<boolean>;
  /** For spans, where the browser can. */
  deferred: Deferred | undefined;
}

/** What of the agent it needs. */
interface Parts extends DeferredParts {
  readonly clock: Clock;
  id(digits: number): string;
}

/**
 * Keeps what could not be sent in the storage of the session, for this page or a later one: 16 requests of 16 KiB, a day at
 * most. The oldest stay: what was put there by other tabs is theirs. And gives the browser what a killed tab would lose.
 */
export const keepUnsent = (signal: string, parts: Parts): OfflineStore => {
  const { config, clock, id, native } = parts;
  const { storage } = config.session ?? {};
  // A cookie has no room for it, and an application's own storage is for the session alone.
  const place = typeof storage === 'object' ? 'memory' : storage;
  const prefix = `${PREFIX}${signal}.`;
  const own = new Set<string>();
  let mayHave = true;
  return {
    deferred: signal === 'Spans' ? createDeferred(parts) : undefined,
    hasAny: () => mayHave,
    add: (body, count) => {
      if (body.length > MAX_LENGTH || listStore(prefix, place).length >= MAX_BODIES) return false;
      const name = `${prefix}${Math.round(clock.now())}.${count}.${id(8)}`;
      own.add(name);
      mayHave = true;
      writeStore(name, body, place);
      return true;
    },
    take: () => {
      for (const name of listStore(prefix, place).sort()) {
        const body = readStore(name, place) ?? '';
        removeStore(name, place);
        const [time, count] = name.slice(prefix.length).split('.').map(Number);
        // What another script has left there is not sent.
        const isOurs =
          time && count && attempt(() => /^resource/.test(Object.keys(JSON.parse(body))[0] ?? ''));
        if (isOurs) return { body, count, isOwn: own.delete(name), isOld: clock.now() - time > MAX_AGE_MS };
      }
      mayHave = false;
      return undefined;
    },
    lock: async (fn) => {
      if (!mayHave) return false;
      // Without it, in a page that is not secure, taking is almost as safe: storage is one for all tabs.
      const { locks } = navigator as { locks?: LockManager };
      if (!locks) return fn();
      let sending = Promise.resolve(false);
      const run = () => {
        sending = fn();
        // It costs the back/forward cache, so it is not held for as long as a slow collector takes.
        return Promise.race([sending, new Promise<void>((resolve) => native.after(LOCK_MS, resolve))]);
      };
      const whenFree = { ifAvailable: true };
      // Refused in a sandboxed frame, where the store is the page's own memory.
      await locks.request(PREFIX, whenFree, (lock) => lock && run()).catch(run);
      return sending;
    },
  };
};
