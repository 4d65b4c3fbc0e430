import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

const FIELD = 'x-datadog-';

/** Unsigned decimal and 16 hex digits: a number would lose some above 2^53. */
const toDecimal = (hex: string): string => `${BigInt(`0x${hex}`)}`;
/** Not hex, where it is no number. */
const toHex = (decimal: string | null | undefined): string =>
  /^\d{1,20}$/.test(`${decimal}`) ? BigInt(`${decimal}`).toString(16).padStart(16, '0') : '-';

/** Datadog's headers. The upper half of the trace id goes into the tag `_dd.p.tid`. */
export const datadog: Propagator = {
  fields: ['trace-id', 'parent-id', 'sampling-priority', 'origin', 'tags'].map((name) => FIELD + name),
  inject: (context, set) => {
    const { traceId, spanId, traceFlags } = context;
    if (!isValid(context)) return;
    const [upper = '', lower = ''] = traceId.match(/.{16}/g) ?? [];
    set(`${FIELD}trace-id`, toDecimal(lower));
    set(`${FIELD}parent-id`, toDecimal(spanId));
    set(`${FIELD}sampling-priority`, `${traceFlags & 1}`);
    // Kept apart from the spans that Datadog indexes and counts.
    set(`${FIELD}origin`, 'rum');
    if (/[^0]/.test(upper)) set(`${FIELD}tags`, `_dd.p.tid=${upper}`);
  },
  extract: (get) => {
    const read = (name: string) => get(FIELD + name);
    const [, upper = ''] = /(?:^|,)_dd\.p\.tid=([\da-f]{16})(?:,|$)/.exec(read('tags') ?? '') ?? [];
    // With more than 64 bits it is too long, and no id.
    const traceId = upper.padStart(16, '0') + toHex(read('trace-id'));
    const priority = read('sampling-priority') ?? '0';
    // Datadog's own decoders refuse what is no number.
    return /^-?\d+$/.test(priority)
      ? readContext(traceId, toHex(read('parent-id')), Number(priority) > 0)
      : undefined;
  },
};
