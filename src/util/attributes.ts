import type { Attributes, AttributeValue } from '../types.js';

/** Longest string, in UTF-16 units; a stack trace fits, a `data:` URL does not. */
const MAX_LENGTH = 4096;

/** What the limits of a span have cost, over all spans. */
export interface Limited {
  values: number;
  attributes: number;
  events: number;
  links: number;
}

/** Counts that begin at nothing. */
export const noLimits = (): Limited => ({ values: 0, attributes: 0, events: 0, links: 0 });

const toText = (value: unknown): string =>
  typeof value === 'object' ? (JSON.stringify(value) ?? `${value}`) : `${String(value)}`;

const clip = (text: string, limited: Limited): string => {
  if (text.length <= MAX_LENGTH) return text;
  limited.values++;
  return text.slice(0, MAX_LENGTH);
};

const isPrimitive = (value: unknown): boolean => /^(number|boolean|string)$/.test(typeof value);

/** Any value as an attribute value, a copy; undefined if there is nothing to record. Takes what nobody should pass. */
export const toAttributeValue = (value: unknown, limited: Limited): AttributeValue | undefined => {
  if (value == null || typeof value === 'number' || typeof value === 'boolean') return value ?? undefined;
  try {
    if (Array.isArray(value) && value.every(isPrimitive)) {
      return value.map((item) => (typeof item === 'string' ? clip(item, limited) : item));
    }
    return clip(typeof value === 'string' ? value : toText(value), limited);
  } catch {
    // Cyclic, or a toJSON or toString that throws.
    limited.values++;
    return undefined;
  }
};

/** Copies `from` into `to` up to `limit` keys; returns how many did not fit. */
export const copyAttributes = (to: Attributes, from: Attributes, limit: number, limited: Limited): number => {
  let refused = 0;
  let count = Object.keys(to).length;
  for (const key of Object.keys(from)) {
    const value = toAttributeValue(from[key], limited);
    if (value === undefined || key === '') continue;
    const isNew = !(key in to);
    if (isNew && count >= limit) refused++;
    else {
      to[key] = value;
      if (isNew) count++;
    }
  }
  limited.attributes += refused;
  return refused;
};
