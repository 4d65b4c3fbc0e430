import { formatDuration, formatValue, plural } from './format.js';
import type { Attributes, AttributeValue, Moment, MomentKind } from './types.js';

const VERBS = new Map([
  ['click', 'Clicked'],
  ['submit', 'Submitted'],
  ['key', 'Pressed Enter on'],
]);

const REPORTS = new Map([
  ['deprecation', 'The browser warns: deprecated'],
  ['intervention', 'The browser intervened'],
]);

/** So many clicks within a second are rage. */
const LEAST_RAGE = 3;

/** A moment in plain words: what it was, and what more there is to say of it. */
export const momentText = (moment: Moment): { text: string; more: string } => TEXTS[moment.kind](moment);

const TEXTS: Record<MomentKind, (moment: Moment) => { text: string; more: string }> = {
  interaction: ({ name, marks, durationMs, count }) => {
    const [, type = '', label = ''] = /^(\w+) (.*)$/s.exec(name) ?? [];
    const more = [
      // The agent keeps those clicks alone that it knows to be of a rage.
      marks.includes('rage') && `${Math.max(count, LEAST_RAGE)} times or more`,
      marks.includes('slow') && `the page answered after ${formatDuration(durationMs)}`,
      marks.includes('dead') && 'nothing happened',
    ];
    const times = marks.includes('rage') ? ' again and again' : '';
    return { text: `${VERBS.get(type) ?? type} “${label}”${times}`, more: joined(more) };
  },
  error: ({ name, detail, count }) => ({
    text: `${name}: ${read(detail, 'exception.message')}`,
    more: count > 1 ? `${count} times` : '',
  }),
  request: ({ name, detail }) => ({ text: `${name} failed`, more: failureOf(detail) }),
  'long-frame': ({ detail, scripts, durationMs }) => ({
    text: `The page was blocked for ${formatDuration(number(detail['rootspan.long_frame.blocking_ms'], durationMs))}`,
    more: joined(scripts.map(({ invoker, source }) => invoker || source)),
  }),
  report: ({ name, detail }) => ({
    text: REPORTS.get(name) ?? name,
    more: read(detail, 'rootspan.report.message'),
  }),
  connection: ({ name, detail, durationMs, failed }) => ({
    text: failed ? `${name} failed` : `${name}, open for ${formatDuration(durationMs)}`,
    more: joined([failed && failureOf(detail), ...messagesOf(detail)]),
  }),
};

const messagesOf = (detail: Attributes): (string | false)[] =>
  ['sent', 'received'].map((way) => {
    const count = number(detail[`rootspan.connection.${way}`], 0);
    return count > 0 && `${plural(count, 'message')} ${way}`;
  });

const failureOf = (detail: Attributes): string => {
  const status = detail['http.response.status_code'];
  return status ? `answered ${formatValue(status)}` : read(detail, 'error.type');
};

const number = (value: AttributeValue, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;

const read = (detail: Attributes, name: string): string => formatValue(detail[name]);

const joined = (parts: readonly (string | false)[]): string => parts.filter(Boolean).join(', ');
