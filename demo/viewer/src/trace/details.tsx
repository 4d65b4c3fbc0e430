import { formatDuration, formatOffset } from '../model/format.js';
import { interactionMarks } from '../model/interaction.js';
import { kindText } from '../model/span-kind.js';
import { isError, type SpanNode } from '../model/span-tree.js';
import { InteractionBadges, ServiceName } from '../ui/chips.js';
import { CopyButton } from '../ui/copy-button.js';
import { Icon } from '../ui/icon.js';
import { AttributeTable } from './attribute-table.js';
import { EventList } from './event-list.js';
import { Exceptions } from './exceptions.js';
import { Links } from './links.js';
import { LogLines } from './log-list.js';
import { Section } from './section.js';
import type { TraceView } from './use-trace-view.js';

export const Details = ({ node, view }: { node: SpanNode; view: TraceView }) => {
  const { span } = node;
  const logs = view.model.logs.get(span.spanId) ?? [];
  return (
    <aside className="details" aria-label={`Details of ${span.name}`}>
      <Head node={node} view={view} />
      <div className="details-scroll">
        <Summary node={node} view={view} />
        {isError(span) && span.status.message && <p className="status-message">{span.status.message}</p>}
        <Exceptions events={span.events} />
        <Section title="Attributes" count={Object.keys(span.attributes).length} hideEmpty>
          <AttributeTable attributes={span.attributes} dropped={span.dropped?.attributes ?? 0} />
        </Section>
        <Section title="Events" count={span.events.length} hideEmpty>
          <EventList events={span.events} origin={view.model.origin} dropped={span.dropped?.events ?? 0} />
        </Section>
        <Section title="Linked to" count={span.links.length} hideEmpty>
          <Links links={span.links} dropped={span.dropped?.links ?? 0} />
        </Section>
        <Section title="Linked from" count={span.linkedFrom.length} hideEmpty>
          <Links links={span.linkedFrom} dropped={0} />
        </Section>
        <Section title="Logs" count={logs.length} hideEmpty>
          <LogLines logs={logs} origin={view.model.origin} />
        </Section>
        <Section title="Resource" count={Object.keys(span.resource).length} closed>
          <AttributeTable attributes={span.resource} dropped={0} />
        </Section>
      </div>
    </aside>
  );
};

const Head = ({ node, view }: { node: SpanNode; view: TraceView }) => (
  <header className="details-head">
    <div>
      <h2>{node.span.name}</h2>
      <p className="details-service">
        <ServiceName service={node.span.service} />
        <span className="faint">{kindText(node.span.kind)}</span>
        <InteractionBadges marks={interactionMarks(node.span)} />
        {node.span.scope && <span className="faint clip">{node.span.scope}</span>}
      </p>
    </div>
    <button type="button" className="icon-button" onClick={() => view.open(undefined)} title="Close (Esc)">
      <Icon name="close" />
      <span className="visually-hidden">Close the details</span>
    </button>
  </header>
);

const Summary = ({ node, view }: { node: SpanNode; view: TraceView }) => {
  const { span } = node;
  const onPath = view.model.criticalTime.get(span.spanId);
  const duration = span.durationMs;
  return (
    <dl className="summary">
      <Fact name="Duration" value={formatDuration(duration)} />
      <Fact name="Starts at" value={formatOffset(span.startTime - view.model.origin)} />
      <Fact name="On critical path" value={onPath ? formatDuration(onPath) : 'no'} />
      <Fact name="Status" value={isError(span) ? 'error' : 'ok'} bad={isError(span)} />
      <Fact name="Spans below" value={String(node.descendants)} />
      <div>
        <dt>Span id</dt>
        <dd>
          <code>{span.spanId}</code> <CopyButton text={span.spanId} label="Copy the span id" />
        </dd>
      </div>
      {node.early && (
        <p className="note">
          Starts {formatDuration((node.parent?.span.startTime ?? 0) - span.startTime)} before its parent: the
          clocks of {node.parent?.span.service} and {span.service} differ. Times are shown as they were
          reported.
        </p>
      )}
      {node.orphan && (
        <p className="note">
          Its parent <code>{span.parentSpanId}</code> has not arrived.
        </p>
      )}
    </dl>
  );
};

const Fact = ({ name, value, bad }: { name: string; value: string; bad?: boolean }) => (
  <div>
    <dt>{name}</dt>
    <dd className={bad ? 'bad' : undefined}>{value}</dd>
  </div>
);
