import type { Attributes, AttributeValue } from '../types.js';

/** The default limit of the OpenTelemetry specification, for attributes, events and links alike. */
export const LIMIT = 128;
/** Longest string, in UTF-16 units; a stack trace fits, a `data:` URL does not. */
const MAX_LENGTH = 4096;

/** How often a limit was met, over all spans. */
export interface Limits {
  count: number;
}

const clip = (text: string, limits: Limits): string => {
  if (text.length > MAX_LENGTH) limits.count++;
  return text.slice(0, MAX_LENGTH);
};

/** Any value as an attribute value, a copy; undefined if there is nothing to record. Takes what nobody should pass. */
const toValue = (value: unknown, limits: Limits): AttributeValue | undefined => {
  if (value == null || typeof value === 'number' || typeof value === 'boolean') return value ?? undefined;
  if (typeof value === 'string') return clip(value, limits);
  // An array keeps its primitives; what else is in there becomes text.
  if (Array.isArray(value))
    return value.map((item) => (Array.isArray(item) ? `${item}` : toValue(item, limits))) as string[];
  return clip(typeof value === 'object' ? JSON.stringify(value) : String(value), limits);
};

/** Copies `from` into `to`; returns how many did not fit. */
export const copyAttributes = (to: Attributes, from: Attributes | undefined, limits: Limits): number => {
  let refused = 0;
  for (const key of Object.keys(from ?? {})) {
    try {
      const value = toValue(from?.[key], limits);
      if (value === undefined || !key) continue;
      if (key in to || Object.keys(to).length < LIMIT) to[key] = value;
      else refused++;
    } catch {
      // Cyclic, or a getter, toJSON or toString that throws.
      refused++;
    }
  }
  limits.count += refused;
  return refused;
};
