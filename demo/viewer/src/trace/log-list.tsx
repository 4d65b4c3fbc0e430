import { formatOffset } from '../model/format.js';
import { logText } from '../model/log-text.js';
import type { LogRecord } from '../model/types.js';
import { ServiceName } from '../ui/chips.js';
import { Notice } from '../ui/notice.js';
import { StackTrace } from '../ui/stack-trace.js';
import type { TraceView } from './use-trace-view.js';

/** All log records of the trace, of every service, in order. */
export const LogList = ({ view }: { view: TraceView }) => {
  const { trace, origin } = view.model;
  if (trace.logs.length === 0) {
    return (
      <Notice title="No logs with this trace id">
        A log record joins its trace when it is sent to the collector with the ids of the active span.
      </Notice>
    );
  }
  const logs = [...trace.logs].sort((a, b) => a.time - b.time);
  return (
    <section className="logs" aria-label="Logs">
      <LogLines logs={logs} origin={origin} onOpen={view.open} withService />
    </section>
  );
};

interface LogLinesProps {
  logs: readonly LogRecord[];
  origin: number;
  onOpen?: (spanId: string) => void;
  withService?: boolean;
}

export const LogLines = ({ logs, origin, onOpen, withService }: LogLinesProps) => (
  <ol className="log-lines">
    {logs.map((log, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: log records have no id, and only later ones are added.
      <li key={`${index}-${log.time}`} className={`log ${levelOf(log)}`}>
        <span className="event-offset">{formatOffset(log.time - origin)}</span>
        <span className="log-level">{log.severityText || levelOf(log)}</span>
        {withService && <ServiceName service={log.service} />}
        <span className="log-body">
          <LogBody log={log} />
        </span>
        {onOpen && log.spanId && (
          <button type="button" className="link-button" onClick={() => log.spanId && onOpen(log.spanId)}>
            span
          </button>
        )}
      </li>
    ))}
  </ol>
);

const LogBody = ({ log }: { log: LogRecord }) => {
  const { text, attributes, stack } = logText(log);
  return (
    <>
      {log.eventName && <b>{log.eventName} </b>}
      <span className="log-text">{text}</span>{' '}
      {attributes.map(([name, value]) => (
        <span key={name} className="log-attribute">
          <span className="faint">{name}=</span>
          {value}{' '}
        </span>
      ))}
      {stack && (
        <details>
          <summary>Stack</summary>
          <StackTrace stack={stack} />
        </details>
      )}
    </>
  );
};

/** By the number of the severity: the text is whatever the logger calls it. */
const levelOf = ({ severity }: LogRecord): string => {
  const level = severity ?? 0;
  return level >= 17 ? 'error' : level >= 13 ? 'warn' : level >= 9 ? 'info' : 'debug';
};
