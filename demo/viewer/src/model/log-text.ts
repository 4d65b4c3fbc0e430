import { formatValue } from './format.js';
import type { Attributes, LogRecord } from './types.js';
import { formatVital, RATING_TEXT, rate, toVitalName } from './vitals.js';

/** On every record; its span has them too. */
const EVERYWHERE = new Set(['session.id', 'rootspan.page_view.id', 'user.id']);

/** Where the stack trace of an error begins that was written to the console. */
const FIRST_FRAME = /\n\s+at /;

export interface LogText {
  text: string;
  attributes: [name: string, value: string][];
  /** Of an exception. */
  stack: string;
}

/** A log record as a line: an event of the agent in plain words, else what was written, and what more it carries. */
export const logText = (log: LogRecord): LogText => {
  const event = EVENTS.get(log.eventName ?? '')?.(log.attributes);
  const attributes = Object.entries(log.attributes)
    .filter(([name]) => !EVERYWHERE.has(name) && !(event && name.startsWith(event.prefix)))
    .map(([name, value]): [string, string] => [name, formatValue(value)]);
  const body = log.body === null ? '' : formatValue(log.body);
  const [text = ''] = body.split(FIRST_FRAME, 1);
  const stack = formatValue(log.attributes['exception.stacktrace']) || (text === body ? '' : body);
  return { text: event?.text ?? text, attributes, stack };
};

type Tell = (attributes: Attributes) => { text: string; prefix: string } | undefined;

const tellException: Tell = (attributes) => {
  const parts = [attributes['exception.type'], attributes['exception.message']].map(formatValue);
  return { text: parts.filter(Boolean).join(': '), prefix: 'exception.' };
};

const tellVital: Tell = (attributes) => {
  const name = toVitalName(attributes['browser.web_vital.name']);
  const value = attributes['browser.web_vital.value'];
  if (!name || typeof value !== 'number') return undefined;
  const rating = RATING_TEXT[rate(name, value)];
  return {
    text: `${name.toUpperCase()} ${formatVital(name, value)}, ${rating}`,
    prefix: 'browser.web_vital.',
  };
};

/** A map, as an event may have a name of `Object.prototype`. */
const EVENTS = new Map([
  ['exception', tellException],
  ['browser.web_vital', tellVital],
]);
