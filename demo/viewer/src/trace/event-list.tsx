import { formatOffset, formatValue, plural } from '../model/format.js';
import type { SpanEvent } from '../model/types.js';

interface EventListProps {
  events: readonly SpanEvent[];
  origin: number;
  dropped: number;
}

/** Exceptions have a section of their own for their text. */
const LONG = new Set(['exception.stacktrace', 'exception.message', 'exception.type']);

export const EventList = ({ events, origin, dropped }: EventListProps) => (
  <>
    <ol className="events">
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and a span that has ended does not change.
        <li key={`${index}-${event.time}`}>
          <span className="event-offset">{formatOffset(event.time - origin)}</span>
          <span className={event.name === 'exception' ? 'event-name bad' : 'event-name'}>{event.name}</span>
          <span className="event-attributes faint">{attributesText(event)}</span>
        </li>
      ))}
    </ol>
    {dropped > 0 && <p className="note">{plural(dropped, 'event')} dropped by the sender’s limit</p>}
  </>
);

const attributesText = ({ attributes }: SpanEvent): string =>
  Object.entries(attributes)
    .filter(([key]) => !LONG.has(key))
    .map(([key, value]) => `${key.replace(/^browser\.web_vital\./, '')}=${formatValue(value)}`)
    .join('  ');
