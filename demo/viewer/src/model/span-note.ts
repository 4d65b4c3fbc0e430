import { formatDuration, formatValue } from './format.js';
import type { Span } from './types.js';

/** What a span is about when its name does not say it: `RangeError: too short`, `blocked 194 ms`. */
export const spanNote = ({ name, scope, attributes, events }: Span): string => {
  if (name === 'exception') return errorNote(events.find((event) => event.name === 'exception'));
  if (scope === 'rootspan/reports') return formatValue(attributes['rootspan.report.id']);
  const blocked = attributes['rootspan.long_frame.blocking_ms'];
  return typeof blocked === 'number' ? `blocked ${formatDuration(blocked)}` : '';
};

const errorNote = (event: Span['events'][number] | undefined): string => {
  const read = (name: string) => formatValue(event?.attributes[`exception.${name}`]);
  return [read('type'), read('message')].filter(Boolean).join(': ');
};
