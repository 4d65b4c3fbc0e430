import { Link } from 'react-router';
import { formatAge, formatCount, formatDay, formatTime, plural } from '../model/format.js';
import type { ErrorGroup } from '../model/types.js';
import { ServiceName } from '../ui/chips.js';
import { Icon } from '../ui/icon.js';

export const ErrorRow = ({ group, now }: { group: ErrorGroup; now: number }) => (
  <li className="error-item">
    <Link to={`/errors/${group.id}`} className="error-row" data-row>
      <span className="error-title">
        <b className="clip">{group.type}</b>
        <span className="error-message clip" title={group.message}>
          {group.message || 'No message'}
        </span>
      </span>
      <span className="error-place">
        <span className="clip">{group.route ?? '–'}</span>
        <span className="faint">
          <ServiceName service={group.service} />
        </span>
      </span>
      <span className="error-count" title={plural(group.count, 'time')}>
        {formatCount(group.count)}
        <span className="error-unit"> ×</span>
      </span>
      <span className="error-sessions">
        {formatCount(group.sessions)}
        <span className="error-unit"> {group.sessions === 1 ? 'session' : 'sessions'}</span>
      </span>
      <Age className="error-first" time={group.firstTime} now={now} />
      <Age className="error-last" time={group.lastTime} now={now} />
    </Link>
    <Link
      to={`/traces/${group.traceId}?span=${group.spanId}`}
      className="icon-button"
      title="The latest trace with it"
    >
      <Icon name="link" />
      <span className="visually-hidden">The latest trace with {group.type}</span>
    </Link>
  </li>
);

const Age = ({ time, now, className }: { time: number; now: number; className: string }) => (
  <time className={`${className} faint`} title={`${formatDay(time)} ${formatTime(time)}`}>
    {formatAge(time, now)}
  </time>
);
