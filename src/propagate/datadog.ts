import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

const FIELDS = [
  'x-datadog-trace-id',
  'x-datadog-parent-id',
  'x-datadog-sampling-priority',
  'x-datadog-origin',
  'x-datadog-tags',
];

/** Unsigned decimal and 16 hex digits: a number would lose some above 2^53. */
const toDecimal = (hex: string): string => `${BigInt(`0x${hex}`)}`;
/** Not hex, where it is no number. */
const toHex = (decimal: string | null | undefined): string =>
  /^\d{1,20}$/.test(`${decimal}`) ? BigInt(`${decimal}`).toString(16).padStart(16, '0') : '-';

/** Datadog's headers. The upper half of the trace id goes into the tag `_dd.p.tid`. */
export const datadog: Propagator = {
  fields: FIELDS,
  inject: (context, set) => {
    const { traceId, spanId, traceFlags } = context;
    if (!isValid(context)) return;
    const upper = traceId.slice(0, 16);
    const tags = /[^0]/.test(upper) && `_dd.p.tid=${upper}`;
    // With the origin "rum" they are kept apart from the spans that Datadog indexes and counts.
    const values = [toDecimal(traceId.slice(16)), toDecimal(spanId), `${traceFlags & 1}`, 'rum', tags];
    FIELDS.forEach((field, index) => {
      const value = values[index];
      if (value) set(field, value);
    });
  },
  extract: (get) => {
    const [traceId, spanId, priority, , tags] = FIELDS.map((field) => get(field));
    const [, upper = ''] = /\b_dd\.p\.tid=([\da-f]{16})(?![^,])/.exec(`${tags}`) ?? [];
    // With more than 64 bits it is too long, and no id.
    const whole = upper.padStart(16, '0') + toHex(traceId);
    // Datadog's own decoders refuse what is no number.
    const id = /^-?\d+$/.test(priority ?? '0') ? spanId : '';
    return readContext(whole, toHex(id), Number(priority) > 0);
  },
};
