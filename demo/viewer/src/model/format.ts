/** `850 µs`, `12.4 ms`, `1.24 s`, `3 m 05 s`, `2 h 10 m`. */
export const formatDuration = (ms: number): string => {
  const size = Math.abs(ms);
  if (size === 0) return '0';
  if (size < 0.9995) return `${significant(ms * 1000)} µs`;
  if (size < 999.5) return `${significant(ms)} ms`;
  if (size < 59_995) return `${significant(ms / 1000)} s`;
  const [big, small, bigUnit, smallUnit] =
    size < 3_599_500 ? split(size, 1000, 'm', 's') : split(size, 60_000, 'h', 'm');
  return `${ms < 0 ? '-' : ''}${big} ${bigUnit} ${String(small).padStart(2, '0')} ${smallUnit}`;
};

/** Time since the trace began, with its sign. */
export const formatOffset = (ms: number): string => (ms < 0 ? formatDuration(ms) : `+${formatDuration(ms)}`);

export const formatCount = (count: number): string => count.toLocaleString('en-US');

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** `14:03:22.118`, in the reader's time zone. */
export const formatTime = (time: number): string => {
  const date = new Date(time);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};

export const formatDay = (time: number): string =>
  new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** The time, with the day when that is not today's. */
export const formatMoment = (time: number, now: number): string =>
  formatDay(time) === formatDay(now) ? formatTime(time) : `${formatDay(time)} ${formatTime(time)}`;

/** `12 s ago`, `4 min ago`, `3 h ago`, else the day. */
export const formatAge = (time: number, now: number): string => {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return formatDay(time);
};

/** Attribute values as a person would write them. */
export const formatValue = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

const significant = (value: number): string => {
  const digits = Math.abs(value) >= 99.95 ? 0 : Math.abs(value) >= 9.995 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
};

const split = (
  ms: number,
  smallMs: number,
  bigUnit: string,
  smallUnit: string,
): [number, number, string, string] => {
  const small = Math.round(ms / smallMs);
  return [Math.floor(small / 60), small % 60, bigUnit, smallUnit];
};
