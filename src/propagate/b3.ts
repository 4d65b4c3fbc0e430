import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

// State: accept, deny, debug, or nothing, where the receiver decides. "true" and "false" are of old senders.
const B3 = /^([\da-f]{16}|[\da-f]{32})-([\da-f]{16})(?:-([01d]|true|false)(?:-[\da-f]{16})?)?$/;
const FIELD = 'x-b3-';

/** Both forms are read, the single one first. A decision without ids is no context. */
const extract: Propagator['extract'] = (get) => {
  const read = (name: string) => get(FIELD + name);
  const state = read('flags') === '1' ? 'd' : read('sampled');
  const several = [read('traceid'), read('spanid'), state, state && read('parentspanid')];
  const [, traceId = '', spanId = '', decision = ''] =
    B3.exec(get('b3') ?? '') ?? B3.exec(several.filter(Boolean).join('-')) ?? [];
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
  fields: ['traceid', 'spanid', 'sampled', 'flags', 'parentspanid'].map((name) => FIELD + name),
  inject: (context, set) => {
    const { traceId, spanId, traceFlags, debug } = context;
    if (!isValid(context)) return;
    set(`${FIELD}traceid`, traceId);
    set(`${FIELD}spanid`, spanId);
    if (debug) set(`${FIELD}flags`, '1');
    else set(`${FIELD}sampled`, `${traceFlags & 1}`);
  },
  extract,
};
