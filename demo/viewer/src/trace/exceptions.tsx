import { formatValue } from '../model/format.js';
import type { SpanEvent } from '../model/types.js';
import { StackTrace } from '../ui/stack-trace.js';

export const Exceptions = ({ events }: { events: readonly SpanEvent[] }) => (
  <>
    {events
      .filter(({ name }) => name === 'exception')
      .map((event) => (
        <Exception key={event.time} event={event} />
      ))}
  </>
);

const Exception = ({ event }: { event: SpanEvent }) => {
  const read = (name: string) => formatValue(event.attributes[`exception.${name}`]);
  const stack = read('stacktrace');
  return (
    <section className="exception-box" aria-label="Exception">
      <p>
        <b>{read('type') || 'Exception'}</b> {read('message')}
      </p>
      {stack && <StackTrace stack={stack} />}
    </section>
  );
};
