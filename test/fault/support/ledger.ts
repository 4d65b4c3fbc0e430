import type { Stats } from '../../../src/types.js';
import type { CollectorRequest } from '../../support/fake-collector.js';

/** What the agent of one document has counted, at the end or when it was last seen. */
export interface Seen extends Stats {
  /** False: it went with its tab, and what it had handed to the browser counts as it arrives. */
  isAlive: boolean;
  /** It could not tell its last counts: what it has recorded after the last look arrives uncounted. */
  isUntold?: boolean;
}

/** What became of the spans of a row, over all its pages. */
export interface Ledger {
  recorded: number;
  /** Spans that the collector has, each counted once. */
  arrived: number;
  dropped: Record<string, number>;
  waiting: number;
  stored: number;
  /** Spans that came again. */
  repeated: number;
  /** Spans of pages that are no more which neither arrived nor were counted otherwise; the row says why. */
  gone: number;
  /** Spans nobody has accounted for: never any. */
  lost: number;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

/** Adds counts by reason. */
export const addCounts = (...counts: Record<string, number>[]): Record<string, number> => {
  const sum: Record<string, number> = {};
  for (const each of counts) {
    for (const [reason, count] of Object.entries(each)) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
};

/** How many spans of this document are neither sent, nor dropped, waiting or stored. */
export const imbalanceOf = ({ recorded, sent, waiting, stored, dropped }: Stats): number =>
  recorded - sent - waiting - sumOf(Object.values(dropped)) - stored;

/**
 * Accounts for all spans of all documents of a row with what the collector took, and with what is in storage. What one
 * document has put there and another has taken over is recorded by both, and counts once.
 */
export const writeLedger = (
  documents: readonly Seen[],
  requests: readonly CollectorRequest[],
  inStorage = 0,
): Ledger => {
  const taken = requests.filter((one) => one.taken);
  const ids = taken.flatMap(({ spans }) => spans.map(({ spanId }) => spanId));
  const unique = new Set(ids).size;
  const refused = sumOf(taken.map(({ spans, logs, taken }) => spans.length + logs.length - taken));
  const alive = documents.filter(({ isAlive }) => isAlive);
  const facts = {
    recorded: sumOf(documents.map(({ recorded, stored }) => recorded - stored)) + inStorage,
    arrived: unique - refused,
    dropped: addCounts(...documents.map(({ dropped }) => dropped)),
    waiting: sumOf(alive.map(({ waiting }) => waiting)),
    stored: inStorage,
    repeated: ids.length - unique,
  };
  const missing =
    facts.recorded - facts.arrived - facts.waiting - facts.stored - sumOf(Object.values(facts.dropped));
  const hasGone = alive.length < documents.length;
  const late = documents.some(({ isUntold }) => isUntold) ? Math.max(0, -missing) : 0;
  const recorded = facts.recorded + late;
  return { ...facts, recorded, gone: hasGone ? missing + late : 0, lost: hasGone ? 0 : missing };
};
