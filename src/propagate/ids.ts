import type { SpanContext } from '../types.js';

const IDS = /^(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}$/;

/** Tells whether both ids are hex of the right length and not zero. */
export const isValid = ({ traceId, spanId }: SpanContext): boolean => IDS.test(`${traceId}-${spanId}`);

/** The context that a header told, of a 64-bit trace id too; undefined if an id is none. */
export const readContext = (
  traceId: string,
  spanId: string,
  sampled: unknown,
  debug?: boolean,
): SpanContext | undefined => {
  const context = {
    traceId: traceId.padStart(32, '0'),
    spanId,
    traceFlags: sampled ? 1 : 0,
    isRemote: true,
    ...(debug && { debug }),
  };
  return isValid(context) ? context : undefined;
};
