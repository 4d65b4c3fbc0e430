import { formatValue } from '../model/format.js';
import type { SpanEvent } from '../model/types.js';
import { CopyButton } from '../ui/copy-button.js';

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
      {stack && (
        <div className="stack">
          <CopyButton text={stack} label="Copy the stack trace" />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard. */}
          <pre tabIndex={0}>
            {stack.split('\n').map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a text, which does not change.
              <span key={index} className={isForeign(line) ? 'frame foreign' : 'frame'}>
                {`${line}\n`}
              </span>
            ))}
          </pre>
        </div>
      )}
    </section>
  );
};

/** Frames of the runtime and of packages: seldom where the mistake is. */
const isForeign = (line: string): boolean => /node:internal|\/node_modules\/|<anonymous>\)?$/.test(line);
