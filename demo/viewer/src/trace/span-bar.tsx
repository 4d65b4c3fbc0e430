import type { CSSProperties } from 'react';
import { useServices } from '../data/services.js';
import { formatDuration, formatOffset } from '../model/format.js';
import { isError, type SpanNode } from '../model/span-tree.js';
import { positionOf } from '../model/time-scale.js';
import type { SpanEvent } from '../model/types.js';
import { at } from './time-axis.js';
import type { TraceView } from './use-trace-view.js';

/** Past this share of the width a label has no room on the right of its bar. */
const LABEL_LIMIT = 0.86;

/** One span drawn to scale: pale as a whole, solid where it is on the critical path, with its events as ticks. */
export const SpanBar = ({ node, view }: { node: SpanNode; view: TraceView }) => {
  const { colourOf } = useServices();
  const { span } = node;
  const left = positionOf(span.startTime, view.window);
  const right = positionOf(span.endTime, view.window);
  if (right < 0 || left > 1) return <Elsewhere before={right < 0} />;
  const style = {
    left: percent(left),
    width: percent(right - left),
    '--bar': colourOf(span.service),
  } as CSSProperties;
  const segments = view.showCritical ? view.model.critical.get(span.spanId) : undefined;
  return (
    <>
      <span className={barClass(node, view)} style={style} />
      {segments?.map((segment) => (
        <span
          key={segment.startTime}
          className="bar-critical"
          style={{ ...style, ...boxOf(segment.startTime, segment.endTime, view) }}
        />
      ))}
      {span.events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events have no id, and a span that has ended does not change.
        <EventTick key={`${index}-${event.time}`} event={event} view={view} />
      ))}
      {span.durationMs > 0 && <Label left={left} right={right} text={formatDuration(span.durationMs)} />}
    </>
  );
};

const EventTick = ({ event, view }: { event: SpanEvent; view: TraceView }) => {
  const position = positionOf(event.time, view.window);
  // Web vitals are drawn over all rows already.
  if (position < 0 || position > 1 || event.name === 'browser.web_vital') return null;
  const offset = formatOffset(event.time - view.model.origin);
  const isException = event.name === 'exception';
  return (
    <span
      className={isException ? 'event-tick exception' : 'event-tick'}
      style={at(event.time, view)}
      title={`${event.name} ${offset}`}
    />
  );
};

const Label = ({ left, right, text }: { left: number; right: number; text: string }) => {
  if (right < LABEL_LIMIT)
    return (
      <span className="bar-label" style={{ left: percent(right) }}>
        {text}
      </span>
    );
  if (left > 1 - LABEL_LIMIT)
    return (
      <span className="bar-label before" style={{ right: percent(1 - left) }}>
        {text}
      </span>
    );
  return <span className="bar-label inside">{text}</span>;
};

/** The bar is left or right of what is shown. */
const Elsewhere = ({ before }: { before: boolean }) => (
  <span className={before ? 'elsewhere before' : 'elsewhere'} aria-hidden="true">
    {before ? '◂' : '▸'}
  </span>
);

const barClass = ({ span }: SpanNode, { showCritical }: TraceView): string =>
  ['bar', showCritical && 'pale', isError(span) && span.durationMs > 0 && 'has-error']
    .filter(Boolean)
    .join(' ');

const boxOf = (start: number, end: number, { window }: TraceView) => ({
  left: percent(positionOf(start, window)),
  width: percent(positionOf(end, window) - positionOf(start, window)),
});

const percent = (share: number): string => `${share * 100}%`;
