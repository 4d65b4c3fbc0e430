import type { Config, Processor, Session, SpanRecord } from '../types.js';
import { toPerformanceTime } from '../util/clock.js';
import { tell } from '../util/guard.js';

/** Traces of which something was said; a page that stays open for days says of an old one twice at most. */
const MAX_TRACES = 500;

/**
 * With `debug`: shows each span as a track of the browser's performance panel, and says once for each trace why it is
 * kept and where it can be seen.
 */
export const explainSpans = ({ traceUrl }: Config): Processor => {
  const told = new Set<string>();
  return (span) => {
    show(span);
    const { traceId, name, attributes } = span;
    if (!told.has(traceId)) {
      if (told.size === MAX_TRACES) told.clear();
      told.add(traceId);
      const { 'rootspan.promoted': promoted, 'rootspan.sample_rate': rate } = attributes;
      const why = promoted
        ? `the session is promoted: ${promoted}`
        : rate === undefined
          ? 'its parent is sampled'
          : `the session is sampled at rate ${rate}`;
      tell(`${name}: kept, as ${why}. ${traceUrl?.replace('{traceId}', traceId) ?? `Trace ${traceId}`}`);
    }
    return span;
  };
};

/** With `debug`: says of the session whether it is kept. */
export const explainSession = (session: Session | undefined): void => {
  if (!session) return;
  const { id, sampled, sampleRate } = session;
  tell(`session ${id}, drawn at rate ${sampleRate}, is ${sampled ? 'kept' : 'dropped'}.`);
};

/** The panel records a measure as it is made; the page's own timeline does not keep it. */
const show = ({ name, scope, startTime, endTime, attributes, status }: SpanRecord): void => {
  const label = `rootspan: ${name}`;
  performance.measure(label, {
    start: toPerformanceTime(startTime),
    end: toPerformanceTime(endTime),
    detail: {
      devtools: {
        dataType: 'track-entry',
        trackGroup: 'rootspan',
        track: scope,
        color: status === 2 ? 'error' : 'primary',
        properties: Object.entries(attributes).map(([key, value]) => [key, String(value)]),
      },
    },
  });
  performance.clearMeasures(label);
};
