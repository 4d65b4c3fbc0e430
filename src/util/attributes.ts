import type { Attributes, AttributeValue } from '../types.js';

/** The default limit of the OpenTelemetry specification, for attributes, events and links alike. */
export const LIMIT = 128;
/** Longest string, in UTF-16 units; a stack trace fits, a `data:` URL does not. */
const MAX_LENGTH = 4096;

/** How often a limit was met, over all spans. */
export interface Limits {
  count: number;
}

/** Any value as an attribute value, a copy. Takes what nobody should pass. */
const toValue = (value: unknown, limits: Limits): AttributeValue => {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  // The items of an array become primitives; Array.from, as a sparse one has holes.
  if (Array.isArray(value)) {
    return Array.from(value, (item) => toValue(Object(item) === item ? `${item}` : item, limits)) as string[];
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (text.length > MAX_LENGTH) limits.count++;
  // Not between the halves of a pair.
  return text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '');
};

/** Copies `from` into `to`; returns how many did not fit, or could not be read. */
export const copyAttributes = (to: Attributes, from: Attributes | undefined, limits: Limits): number => {
  let refused = 0;
  for (const key of Object.keys(from ?? {})) {
    try {
      const value = from?.[key];
      if (value == null || !key || key === '__proto__') continue;
      if (key in to || Object.keys(to).length < LIMIT) to[key] = toValue(value, limits);
      else refused++;
    } catch {
      // Cyclic, or a getter, toJSON or toString that throws.
      refused++;
    }
  }
  limits.count += refused;
  return refused;
};
