/** Hex digits of the random value: 56 bits, as in the `rv` of OpenTelemetry's consistent probability sampling. */
export const RANDOM_DIGITS = 14;

/**
 * The rejection threshold for a rate in (0, 1] (OpenTelemetry specification, "Tracestate: Probability Sampling"):
 * hex digits without trailing zeros; `0` keeps all. Four digits, and one more for each leading `f`. No BigInt.
 */
export const threshold = (rate: number): string => {
  const exponent = Math.floor(Math.log2(rate)) + 1;
  const digits = Math.min(Math.max(4 + Math.floor(-exponent / 4), 1), 12);
  let rest = 1 - rate + 0.5 * 16 ** -digits;
  let text = '';
  for (let i = 0; i < digits; i++) {
    rest *= 16;
    const digit = Math.floor(rest);
    text += digit.toString(16);
    rest -= digit;
  }
  return text.replace(/0+$/, '') || '0';
};

/** The decision for a session: a pure function of its random value, so that all tabs and pages agree. */
export const isSampled = (random: string, rate: number): boolean =>
  rate >= 1 || (rate > 0 && random >= threshold(rate).padEnd(RANDOM_DIGITS, '0'));
