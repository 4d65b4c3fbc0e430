import type { Observation } from './run-page.js';

/** By the name of a case: what the page sees with the agent, made from what it sees without, and why. */
const KNOWN: Record<string, { reason: string; change(plain: Observation): Observation }> = {};

/** What a page with the agent is expected to see in this case. */
export const knownDifference = (name: string, plain: Observation | undefined): Observation | undefined =>
  plain && (KNOWN[name]?.change(plain) ?? plain);
