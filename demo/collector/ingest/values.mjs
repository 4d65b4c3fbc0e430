/** The body is not what the OTLP definitions allow: answered with 400. */
export class BadRequest extends Error {}

// Values nested deeper than any sane attribute; also far below the depth at which DuckDB refuses JSON.
const MAX_DEPTH = 32;
const MAX_UINT64 = 2n ** 64n - 1n;

/** A list field: absent and null are the same as empty. */
export const listOf = (value, name) => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new BadRequest(`${name} must be an array`);
  return value;
};

/** A message field: absent and null are the same as empty. */
export const messageOf = (value, name) => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new BadRequest(`${name} must be an object`);
  return value;
};

/** A string field. Lone surrogates are replaced: DuckDB cannot read them back from JSON. */
export const textOf = (value, name) => {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new BadRequest(`${name} must be a string`);
  return value.toWellFormed();
};

/** A uint32 or enum field. Names of enums are not OTLP/JSON, and are refused. */
export const numberOf = (value, name) => {
  if (value === undefined || value === null) return 0;
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new BadRequest(`${name} must be a number from 0 to 4294967295`);
  }
  return value;
};

const parseInteger = (value, name) => {
  const isNumber = typeof value === 'number' && Number.isSafeInteger(value);
  const isDigits = typeof value === 'string' && /^-?\d{1,20}$/.test(value);
  if (!isNumber && !isDigits) throw new BadRequest(`${name} must be a whole number in decimal digits`);
  return BigInt(value);
};

/** A fixed64 time, as a string or a number. */
export const nanosOf = (value, name) => {
  if (value === undefined || value === null) return 0n;
  const nanos = parseInteger(value, name);
  if (nanos < 0n || nanos > MAX_UINT64) throw new BadRequest(`${name} is outside of 64 bits`);
  return nanos;
};

const intValueOf = (value) => {
  const integer = parseInteger(value, 'intValue');
  // Digits beyond 2^53 would be lost in a JSON number.
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer.toString();
};

const doubleValueOf = (value) => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (['NaN', 'Infinity', '-Infinity'].includes(value)) return value;
  throw new BadRequest('doubleValue must be a number');
};

const boolValueOf = (value) => {
  if (typeof value !== 'boolean') throw new BadRequest('boolValue must be true or false');
  return value;
};

const readers = {
  stringValue: (value) => textOf(value, 'stringValue'),
  boolValue: boolValueOf,
  intValue: intValueOf,
  doubleValue: doubleValueOf,
  bytesValue: (value) => textOf(value, 'bytesValue'),
  arrayValue: (value, depth) =>
    listOf(messageOf(value, 'arrayValue').values, 'arrayValue.values').map((item) =>
      anyValueOf(item, depth + 1),
    ),
  kvlistValue: (value, depth) => attributesOf(messageOf(value, 'kvlistValue').values, depth + 1),
};

/** AnyValue as plain JSON: bytes stay base64, integers beyond 2^53 and non-finite doubles become strings. */
export const anyValueOf = (any, depth = 0) => {
  if (depth > MAX_DEPTH) throw new BadRequest(`a value is nested deeper than ${MAX_DEPTH} levels`);
  const message = messageOf(any, 'value');
  for (const [kind, read] of Object.entries(readers)) {
    if (message[kind] !== undefined && message[kind] !== null) return read(message[kind], depth);
  }
  return null;
};

/** KeyValue list as an object; a repeated key keeps its last value. */
export const attributesOf = (list, depth = 0) =>
  Object.fromEntries(
    listOf(list, 'attributes').map((item) => {
      const { key, value } = messageOf(item, 'attribute');
      return [textOf(key, 'key'), anyValueOf(value, depth)];
    }),
  );

/** Lower-case hex id, or undefined when it is not `digits` hex digits or is all zero. */
export const idOf = (value, digits) => {
  if (typeof value !== 'string' || value.length !== digits || !/^[\da-f]+$/i.test(value)) return undefined;
  return /^0+$/.test(value) ? undefined : value.toLowerCase();
};
