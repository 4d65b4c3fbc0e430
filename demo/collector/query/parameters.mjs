/** A query parameter that cannot be read: answered with 400. */
export class BadParameter extends Error {}

const MAX_LIMIT = 500;

const numberFrom = (text, name) => {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new BadParameter(`${name} must be a number`);
  return number;
};

/** A number, or undefined when the parameter is absent or empty. */
export const numberParameter = (parameters, name) => {
  const text = parameters.get(name);
  return text ? numberFrom(text, name) : undefined;
};

/** Rows of one answer: 1 to 500. */
export const limitParameter = (parameters) => {
  const limit = numberParameter(parameters, 'limit') ?? 50;
  return Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT);
};

/** Epoch milliseconds as nanoseconds; not below zero, so that it fits the columns. */
export const nanosFromMs = (ms) => {
  const whole = Math.floor(Math.min(Math.max(ms, 0), 1e13));
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((Math.max(ms, 0) % 1) * 1e6));
};

/** Nanoseconds as epoch milliseconds: whole and fraction apart, since the nanoseconds exceed 2^53. */
export const msFromNanos = (nanos) => Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;

/** A place in a list ordered by time and id. The id breaks ties, so that no row is lost between two pages. */
const cursorFor = (nanos, id) => `${nanos}~${id}`;

/** Reads such a cursor; a plain number of epoch milliseconds is one too. */
export const cursorParameter = (parameters) => {
  const text = parameters.get('before');
  if (!text) return undefined;
  const [, nanos, id] = /^(\d{1,20})~(.*)$/s.exec(text) ?? [];
  if (nanos !== undefined) return { nanos: BigInt(nanos), id };
  return { nanos: nanosFromMs(numberFrom(text, 'before')), id: '' };
};

/** Collects SQL conditions with the values they are bound to. */
export const createFilter = () => {
  const conditions = [];
  const values = {};
  return {
    values,
    /** Adds `sql` with `values`, unless `wanted` is absent or empty. */
    add: (wanted, sql, bound = {}) => {
      if (wanted === undefined || wanted === null || wanted === '' || wanted === false) return;
      conditions.push(sql);
      Object.assign(values, bound);
    },
    sql: () =>
      conditions.length > 0 ? conditions.map((condition) => `(${condition})`).join(' AND ') : 'true',
  };
};

/** One page of a list, newest first: its rows, and the cursor of the next page, null at the end. `key` is a column. */
export const readPage = async (read, list, filter, key, limit) => {
  const rows = await read(
    `${list} WHERE ${filter.sql()} ORDER BY start_ns DESC, ${key} DESC LIMIT ${limit + 1}`,
    filter.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: rows.length > limit ? cursorFor(last.start_ns, last[key]) : null };
};
