import type { ConsistentSampling, SpanContext } from '../types.js';

/** Hex digits of a threshold, as collectors write them (OpenTelemetry, "Tracestate: Probability Sampling"). */
const PRECISION = 4;

/**
 * Tells the decision in `tracestate`, as `ot=th:…;rv:…`. The random value is that of the session, so that samplers behind us
 * keep or drop sessions as a whole. A trace that the server began keeps the server's random value; its threshold
 * goes, as the session has decided without it.
 */
export const consistentSampling: ConsistentSampling = (random, rate, incoming, isFollowed) => {
  if (incoming) {
    const members = incoming.traceState?.split(',') ?? [];
    return (
      members
        .map((member) => (/^ot=/.test(member) ? continueMember(member, incoming, isFollowed) : member))
        .filter((member) => member !== 'ot=')
        .join() || undefined
    );
  }
  const threshold = thresholdOf(rate);
  return `ot=${threshold && isKept(random, threshold) ? `th:${threshold};` : ''}rv:${random}`;
};

/** Texts of the same length compare as their numbers do; 56 bits are more than a number holds. */
const isKept = (random: string, threshold: string): boolean => random >= threshold.padEnd(14, '0');

/** A threshold that does not tell why the span is here is erased; all else stays. */
const continueMember = (ot: string, { traceId, traceFlags }: SpanContext, isFollowed?: boolean): string => {
  const [, random = traceId.slice(-14)] = /[=;]rv:([\da-f]{14})(?=;|$)/.exec(ot) ?? [];
  const [, threshold] = /[=;]th:([\da-f]{1,14})(?=;|$)/.exec(ot) ?? [];
  const isTrue = isFollowed && traceFlags & 1 && threshold && isKept(random, threshold);
  return isTrue ? ot : ot.replace(/([=;])th:[^;]*;?/, '$1').replace(/;$/, '');
};

/** The rejection threshold of a rate, without the zeros at its end; none for 0, which is no probability. */
const thresholdOf = (rate: number): string | undefined => {
  if (!(rate >= 2 ** -52 && rate <= 1)) return undefined;
  if (rate === 1) return '0';
  // One digit more for each leading `f`, which tells nothing.
  const digits = Math.min(12, PRECISION + Math.floor(-(Math.floor(Math.log2(rate)) + 1) / 4));
  const rejected = 2 - rate + 0.5 * 16 ** -digits - 1;
  return (
    rejected
      .toString(16)
      .slice(2, 2 + digits)
      .replace(/0+$/, '') || '0'
  );
};
