import type { Propagator } from '../types.js';

const TRACEPARENT =
  /^[ \t]*(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})(-.*)?[ \t]*$/;
/** Sampled and random: the flags that Level 2 knows. */
const KNOWN_FLAGS = 3;
const MAX_MEMBERS = 32;
// Level 2, section 3.3.1.3: key and value of one list member.
const MEMBER = /^([\da-z][\da-z_\-*/@]{0,255})=([ -+\--<>-~]{0,255}[!-+\--<>-~])$/;

/** Members of a `tracestate` in order; undefined if the header must be discarded (Level 2, section 3.3.1). */
export const parseTraceState = (header: string): [key: string, value: string][] | undefined => {
  const members = new Map<string, string>();
  for (const part of header.split(',')) {
    const text = part.replace(/^[ \t]+|[ \t]+$/g, '');
    if (!text) continue;
    const match = MEMBER.exec(text);
    if (!match) return undefined;
    const [, key = '', value = ''] = match;
    // The left-most is the most recent.
    if (!members.has(key)) members.set(key, value);
  }
  return members.size > MAX_MEMBERS ? undefined : [...members];
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
    const match = TRACEPARENT.exec(get('traceparent') ?? '');
    // Version 00 has four fields and no more.
    if (!match || (match[1] === '00' && match[5])) return undefined;
    const [, , traceId = '', spanId = '', flags = ''] = match;
    const members = parseTraceState(get('tracestate') ?? '');
    return {
      traceId,
      spanId,
      traceFlags: Number.parseInt(flags, 16) & KNOWN_FLAGS,
      traceState: members?.map((member) => member.join('=')).join(',') || undefined,
      isRemote: true,
    };
  },
};
