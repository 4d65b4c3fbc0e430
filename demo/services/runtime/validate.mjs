import { badRequest } from './errors.mjs';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export const isUuid = (value) => typeof value === 'string' && UUID.test(value);

export const isCount = (value, max) => Number.isInteger(value) && value >= 1 && value <= max;

/** Refuses the request with `sentence` unless `condition` holds. */
export const demand = (condition, sentence) => {
  if (!condition) throw badRequest(sentence);
};
