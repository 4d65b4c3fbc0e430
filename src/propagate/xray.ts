import type { Propagator } from '../types.js';
import { isValid, readContext } from './ids.js';

const FIELD = 'x-amzn-trace-id';

/** The header of AWS X-Ray. See the option `xrayTraceIds` for its older collectors. */
export const xray: Propagator = {
  fields: [FIELD],
  inject: (context, set) => {
    const { traceId, spanId, traceFlags } = context;
    if (isValid(context)) {
      const root = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
      set(FIELD, `Root=${root};Parent=${spanId};Sampled=${traceFlags & 1}`);
    }
  },
  extract: (get) => {
    // In any order; load balancers and Lambda add fields of their own.
    const pairs = (get(FIELD) ?? '').split(/\s*;\s*/).map((pair) => pair.split('='));
    // One that is no pair makes the whole header malformed.
    const { Root, Parent, Sampled } = pairs.every(({ length }) => length > 1)
      ? Object.fromEntries(pairs)
      : {};
    const [, time = '', unique] = /^1-([\da-f]{8})-([\da-f]{24})$/.exec(Root) ?? [];
    return readContext(time + unique, `${Parent}`, Sampled === '1');
  },
};
