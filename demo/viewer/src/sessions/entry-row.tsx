import { Link } from 'react-router';
import { formatDuration } from '../model/format.js';
import { momentText } from '../model/moment-text.js';
import type { Entry } from '../model/story.js';
import type { Moment, MomentKind, TraceItem } from '../model/types.js';
import { ErrorBadge, InteractionBadges, ServiceDot } from '../ui/chips.js';
import { Icon, type IconName } from '../ui/icon.js';

const ICONS: Record<MomentKind, { icon: IconName; what: string }> = {
  interaction: { icon: 'hand', what: 'Interaction' },
  error: { icon: 'error', what: 'Error' },
  request: { icon: 'broken', what: 'Failed request' },
  'long-frame': { icon: 'clock', what: 'Long frame' },
  report: { icon: 'flag', what: 'Report of the browser' },
  connection: { icon: 'link', what: 'Connection' },
};

/** A line of the story. `from` is where its times are told from. */
export const EntryRow = ({ entry, from }: { entry: Entry; from: number }) =>
  entry.kind === 'moment' ? (
    <MomentRow moment={entry.moment} inside={entry.inside} from={from} />
  ) : (
    <TraceLine trace={entry.trace} from={from} />
  );

const MomentRow = ({ moment, inside, from }: { moment: Moment; inside: boolean; from: number }) => {
  const { kind, traceId, spanId, marks, failed, ledTo } = moment;
  const { text, more } = momentText(moment);
  const { icon, what } = ICONS[kind];
  const isBad = kind === 'error' || (failed && kind !== 'interaction');
  return (
    <li id={kind === 'error' ? undefined : `span-${spanId}`} className={inside ? 'entry inside' : 'entry'}>
      <Link to={`/traces/${traceId}?span=${spanId}`} className={isBad ? 'bad' : undefined} data-row>
        <Offset ms={moment.time - from} />
        <span className="entry-icon" title={what}>
          <Icon name={icon} size={14} />
          <span className="visually-hidden">{what}:</span>
        </span>
        <span className="entry-text">
          {text} {more && <span className="faint">{more}</span>}
        </span>
        <InteractionBadges marks={marks} />
      </Link>
      {ledTo.map((view) => (
        <a key={view.spanId} href={`#view-${view.pageViewId}`} className="entry-next" title={view.name}>
          → {view.name.replace(/^\w+ /, '')}
          <span className="visually-hidden">, which it led to</span>
        </a>
      ))}
    </li>
  );
};

const TraceLine = ({ trace, from }: { trace: TraceItem; from: number }) => (
  <li className="entry">
    <Link to={`/traces/${trace.traceId}`} data-row>
      <Offset ms={trace.startTime - from} />
      <span className="entry-icon">
        <ServiceDot service={trace.rootService ?? ''} />
      </span>
      <span className="entry-text">{trace.rootName ?? 'Root not received'}</span>
      <ErrorBadge count={trace.errorCount} />
      <span className="faint">{formatDuration(trace.durationMs)}</span>
    </Link>
  </li>
);

const Offset = ({ ms }: { ms: number }) => (
  <span className="event-offset faint">
    {ms < 0 ? '' : '+'}
    {formatDuration(ms)}
  </span>
);
