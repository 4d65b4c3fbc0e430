import { expect } from 'playwright/test';
import type { Stats } from '../../../src/types.js';
import type { Ledger, Seen } from './ledger.js';

/** What a row says of its end; what it leaves out is "nothing". */
export interface Outcome {
  /** Spans of `work` that do not arrive. */
  missing?: readonly string[];
  /** Counts of lost spans by reason, or what matches them. */
  dropped?: Record<string, unknown>;
  /** Spans may come again: the collector has taken them, and its answer has not arrived. */
  isRepeated?: boolean;
  /** The page has made others than those of `work`, too many to name. */
  isMany?: boolean;
  /** The most spans that may have gone with a tab. */
  gone?: number;
  /** How many spans are in storage, or what matches that. */
  stored?: unknown;
  /** How many spans still wait, or what matches that. */
  waiting?: unknown;
}

/** What a page that is there tells. */
export interface Living {
  id: string;
  stats: Stats;
  /** Spans in storage, where the page has one. */
  inStorage: number;
}

/** The last counts of every document of a row: of those that went, as they told, or as they were last seen. */
export const gather = (
  cookies: readonly { name: string; value: string }[],
  living: readonly Living[],
  remembered: ReadonlyMap<string, Stats>,
): Seen[] => {
  const seen = new Map<string, Seen>();
  for (const [id, stats] of remembered) seen.set(id, { ...stats, isAlive: false, isUntold: true });
  for (const { name, value } of cookies) {
    const id = name.replace(/^seen\./, '');
    if (id !== name) seen.set(id, { ...JSON.parse(decodeURIComponent(value)), isAlive: false });
  }
  for (const { id, stats } of living) if (id) seen.set(id, { ...stats, isAlive: true });
  return [...seen.values()];
};

/** Whatever of the books is not as the row has it, by name. */
export const problemsOf = (ledger: Ledger, outcome: Outcome): Partial<Ledger> => {
  const { lost, gone, repeated, waiting, stored, dropped } = ledger;
  const isGood = {
    lost: lost === 0,
    dropped: matches(dropped, outcome.dropped ?? {}),
    waiting: matches(waiting, outcome.waiting ?? 0),
    stored: matches(stored, outcome.stored ?? 0),
    gone: gone >= 0 && gone <= (outcome.gone ?? 0),
    repeated: outcome.isRepeated || repeated === 0,
  };
  const names = Object.keys(isGood) as (keyof typeof isGood)[];
  return Object.fromEntries(names.filter((name) => !isGood[name]).map((name) => [name, ledger[name]]));
};

/** As `toEqual` has it, with its `expect.any(…)`. */
const matches = (value: unknown, expected: unknown): boolean => {
  try {
    expect(value).toEqual(expected);
    return true;
  } catch {
    return false;
  }
};
