import type { Propagator } from '../types.js';

const TRACEPARENT =
  /^[ \t]*(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(?:(-.*)|[ \t]*)$/;
/** Sampled and random: the flags that Level 2 knows. */
const KNOWN_FLAGS = 3;
// Level 2, section 3.3.1.3: key and value of one list member.
const MEMBER = /^[\da-z][\da-z_\-*/@]{0,255}=[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;

/** The list of a `tracestate` without empty and repeated members; undefined if it must be discarded (Level 2, 3.3.1). */
const readTraceState = (header: string): string | undefined => {
  const members = header
    .split(',')
    .map((member) => member.trim())
    .filter(Boolean);
  const keys = members.map((member) => member.split('=')[0]);
  return members.length && members.length < 33 && members.every((member) => MEMBER.test(member))
    ? // The left-most is the most recent.
      members.filter((_, index) => keys.indexOf(keys[index]) === index).join()
    : undefined;
};

/** `traceparent` and `tracestate` (W3C Trace Context, Level 2). */
export const w3c: Propagator = {
  fields: ['traceparent', 'tracestate'],
  inject: ({ traceId, spanId, traceFlags, traceState }, set) => {
    // Flags 00 and 01 alone: receivers exist that refuse the random flag.
    const header = `00-${traceId}-${spanId}-0${traceFlags & 1}`;
    if (!TRACEPARENT.test(header)) return;
    set('traceparent', header);
    if (traceState) set('tracestate', traceState);
  },
  extract: (get) => {
    const [, version, traceId = '', spanId = '', flags = '', more] =
      TRACEPARENT.exec(get('traceparent') ?? '') ?? [];
    // Version 00 has four fields and no more.
    if (!version || (version === '00' && more)) return undefined;
    return {
      traceId,
      spanId,
      traceFlags: Number.parseInt(flags, 16) & KNOWN_FLAGS,
      traceState: readTraceState((get('tracestate') ?? '').trim()),
      isRemote: true,
    };
  },
};
