/** Hex digits of the random value: 56 bits, as in the `rv` of OpenTelemetry's consistent probability sampling. */
export const RANDOM_DIGITS = 14;

/**
 * The decision for a session: a pure function of its random value, so that all tabs and pages agree. Kept if the
 * value is at or above the rejection threshold (OpenTelemetry specification, "Tracestate: Probability Sampling"), on
 * the upper 52 of its bits, which a number holds exactly. Rates 0 and 1 are exact.
 */
export const isSampled = (random: string, rate: number): boolean =>
  Number(`0x${random.slice(0, 13)}`) >= (1 - rate) * 2 ** 52;
