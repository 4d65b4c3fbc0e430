import { syntheticType } from '../platform/synthetic.js';
import type { Config } from '../types.js';
import { createGuard } from '../util/guard.js';

/** Hex digits of the random value: 56 bits, as in the `rv` of OpenTelemetry's consistent probability sampling. */
export const RANDOM_DIGITS = 14;

/**
 * The decision for a session: a pure function of its random value, so that all tabs and pages agree. Kept if the
 * value is at or above the rejection threshold (OpenTelemetry specification, "Tracestate: Probability Sampling"), on
 * the upper 52 of its bits, which a number holds exactly. Rates 0 and 1 are exact.
 */
export const isSampled = (random: string, rate: number): boolean =>
  Number(`0x${random.slice(0, 13)}`) >= (1 - rate) * 2 ** 52;

/** The rate of a session that begins: what the user's `sampler` says, if that is a rate or a boolean. */
export const askRate = ({ sampleRate = 1, sampler, debug }: Config): number => {
  const ask = () => {
    const answer = sampler?.({ sampleRate, isSynthetic: !!syntheticType() }) ?? NaN;
    if (!(+answer >= 0 && +answer <= 1)) throw `sampler gave ${answer}, not a rate`;
    return +answer;
  };
  return (sampler && createGuard(debug)(ask)()) ?? sampleRate;
};
