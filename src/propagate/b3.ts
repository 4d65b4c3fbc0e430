import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

// State: accept, deny, debug, or nothing, where the receiver decides. "true" and "false" are of old senders.
const B3 = /^([\da-f]{16}|[\da-f]{32})-([\da-f]{16})(?:-([01d]|true|false)(?:-[\da-f]{16})?)?$/;
const FIELDS = ['x-b3-traceid', 'x-b3-spanid', 'x-b3-sampled', 'x-b3-parentspanid', 'x-b3-flags'] as const;

/** Both forms are read, the single one first. A decision without ids is no context. */
const extract: Propagator['extract'] = (get) => {
  const [id, span, sampled, parent, flags] = FIELDS.map((field) => get(field));
  const state = flags === '1' ? 'd' : sampled;
  const several = [id, span, state, state && parent].filter(Boolean).join('-');
  const [, traceId = '', spanId = '', decision = ''] = B3.exec(get('b3') ?? '') ?? B3.exec(several) ?? [];
  return readContext(traceId, spanId, /[1dt]/.test(decision), decision === 'd');
};

/** Zipkin's form in one header: it costs one name in the CORS preflight. */
export const b3: Propagator = {
  fields: ['b3'],
  inject: (context, set) => {
    const { traceId, spanId, traceFlags, debug } = context;
    if (isValid(context)) set('b3', `${traceId}-${spanId}-${debug ? 'd' : traceFlags & 1}`);
  },
  extract,
};

/** Zipkin's older form, of several headers. */
export const b3multi: Propagator = {
  fields: FIELDS,
  inject: (context, set) => {
    const { traceId, spanId, traceFlags, debug } = context;
    if (!isValid(context)) return;
    set(FIELDS[0], traceId);
    set(FIELDS[1], spanId);
    if (debug) set(FIELDS[4], '1');
    else set(FIELDS[2], `${traceFlags & 1}`);
  },
  extract,
};
