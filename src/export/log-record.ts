import type { LogRecord } from '../types.js';
import { toNanos } from '../util/clock.js';
import { encodeAttributes } from './otlp.js';

/** In the order of their numbers: 1, 5, 9, and so on. Another name counts as `info`. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

/** One log record (OTLP 1.11, JSON). Members that equal their default are left out. */
export const encodeLog = ({ time, level, eventName, body, context, ...record }: LogRecord): string => {
  const timeUnixNano = toNanos(time);
  return JSON.stringify({
    timeUnixNano,
    observedTimeUnixNano: timeUnixNano,
    severityNumber: (LEVELS.indexOf(level) + 1 || 3) * 4 - 3,
    severityText: eventName ? undefined : level,
    eventName,
    body: body === undefined ? undefined : { stringValue: body },
    attributes: encodeAttributes(record.attributes),
    droppedAttributesCount: record.droppedAttributes || undefined,
    traceId: context?.traceId,
    spanId: context?.spanId,
    flags: context && context.traceFlags & 0xff,
  });
};
