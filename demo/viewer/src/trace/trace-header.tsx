import { Link, useNavigate } from 'react-router';
import { formatDay, formatDuration, formatMoment, formatTime, formatValue, plural } from '../model/format.js';
import { isError } from '../model/span-tree.js';
import type { Vitals } from '../model/types.js';
import { ErrorBadge, ServiceDot, VitalChips } from '../ui/chips.js';
import { CopyButton } from '../ui/copy-button.js';
import { Icon } from '../ui/icon.js';
import type { TraceModel } from './use-trace-model.js';
import type { TraceView } from './use-trace-view.js';

export const TraceHeader = ({ view, logs }: { view: TraceView; logs: boolean }) => {
  const { trace, tree } = view.model;
  const main = tree.main?.span;
  const errors = trace.spans.filter(isError).length;
  return (
    <header className="trace-head">
      <BackButton />
      <div className="trace-head-text">
        <h1>
          <ServiceDot service={main?.service ?? ''} />
          <span className="clip">{main?.name ?? 'Trace'}</span>
        </h1>
        <Facts model={view.model} />
      </div>
      <div className="trace-head-marks">
        <ErrorBadge count={errors} />
        <VitalChips vitals={vitalsOf(view.model)} />
      </div>
      <div className="tabs" role="tablist" aria-label="Views of the trace">
        <Tab text="Waterfall" selected={!logs} onSelect={() => view.setParameter('tab', '')} />
        <Tab
          text={`Logs ${trace.logs.length}`}
          selected={logs}
          onSelect={() => view.setParameter('tab', 'logs')}
        />
      </div>
    </header>
  );
};

const BackButton = () => {
  const navigate = useNavigate();
  // Back to the list as it was filtered, if that is where the reader came from.
  const goBack = () => (window.history.state?.idx > 0 ? navigate(-1) : navigate('/traces'));
  return (
    <button type="button" className="icon-button" onClick={goBack} title="Back">
      <Icon name="back" />
      <span className="visually-hidden">Back</span>
    </button>
  );
};

const Facts = ({ model }: { model: TraceModel }) => {
  const { trace, tree, origin } = model;
  const main = tree.main?.span;
  const sessionId = formatValue(main?.attributes['session.id'] ?? '');
  // A click or request after its page view was done is linked to it.
  const from = main?.links.find(({ name }) => name);
  const services = new Set(trace.spans.map(({ service }) => service)).size;
  return (
    <p className="facts">
      <b>{formatDuration(main?.durationMs ?? 0)}</b>
      <span>{plural(trace.spans.length, 'span')}</span>
      <span>{plural(services, 'service')}</span>
      <time title={`${formatDay(origin)} ${formatTime(origin)}`}>{formatMoment(origin, Date.now())}</time>
      {sessionId && (
        <Link to={`/sessions/${encodeURIComponent(sessionId)}`}>Session {sessionId.slice(0, 8)}</Link>
      )}
      {from && (
        <Link to={`/traces/${from.traceId}?span=${from.spanId}`} title="Where it happened">
          on {from.name}
        </Link>
      )}
      <span className="trace-id">
        <code title={trace.traceId}>{trace.traceId.slice(0, 16)}…</code>
        <CopyButton text={trace.traceId} label="Copy the trace id" />
      </span>
    </p>
  );
};

const Tab = ({ text, selected, onSelect }: { text: string; selected: boolean; onSelect: () => void }) => (
  <button type="button" role="tab" aria-selected={selected} onClick={onSelect}>
    {text}
  </button>
);

const vitalsOf = ({ vitals }: TraceModel): Vitals =>
  Object.fromEntries(vitals.map(({ name, value }) => [name, value]));
