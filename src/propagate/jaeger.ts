import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

const FIELD = 'uber-trace-id';
// The third id, the parent's, is ignored (deprecated). Without flags it is not sampled.
const JAEGER = /^([\da-f]{1,32}):([\da-f]{1,16}):[^:]*:([\da-f]{0,2})$/;

/** Jaeger's own header. Newer Jaeger clients, and all of OpenTelemetry, read `w3c`. */
export const jaeger: Propagator = {
  fields: [FIELD],
  inject: (context, set) => {
    const { traceId, spanId, traceFlags, debug } = context;
    if (isValid(context)) set(FIELD, `${traceId}:${spanId}:0:${debug ? 3 : traceFlags & 1}`);
  },
  extract: (get) => {
    // Some proxies escape the colons, and senders may leave leading zeros out.
    const header = (get(FIELD) ?? '').toLowerCase().replace(/%3a/g, ':');
    const [, traceId = '', spanId = '', digits] = JAEGER.exec(header) ?? [];
    const flags = Number(`0x${digits}`);
    return readContext(traceId, spanId.padStart(16, '0'), flags & 1, (flags & 3) === 3);
  },
};
