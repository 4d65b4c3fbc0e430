import { encodeLog } from './export/log-record.js';
import type { createOutput } from './output.js';
import { createBucket } from './session/bucket.js';
import type { RecordingSpan } from './trace/span.js';
import type { Surroundings } from './trace/tracer.js';
import type { Attributes, InstrumentationContext, Log, LogRecord, Session, SpanRecord } from './types.js';
import { copyAttributes } from './util/attributes.js';
import { redactText } from './util/redact.js';

/** The most records of a minute: a console can be written to in a loop. */
const MAX_PER_MINUTE = 600;

/** What of the agent the records need. */
export type LogParts = Surroundings &
  ReturnType<typeof createOutput> &
  Pick<InstrumentationContext, 'tracer' | 'collector'> & { session(): Session };

/**
 * Log records to `/v1/logs`: of `agent.log` and the console, of sessions that begin and end, and of the exceptions and
 * web vitals that spans have as events. They wait in a queue of their own, which is flushed with that of the spans.
 */
export const sendLogs = (parts: LogParts): Log => {
  const { buffer, transport, collector, clock, limits, session, guard } = parts;
  const url = collector.href.replace('/v1/traces', '/v1/logs');
  const queue = parts.bufferOf<LogRecord>('Logs', 'logRecords', encodeLog, (body, bytes, isLeaving) =>
    transport.send(body, bytes, isLeaving, url),
  );
  const take = createBucket(MAX_PER_MINUTE, clock);
  let announced: string | undefined;

  const write = (
    level: LogRecord['level'],
    scope: string,
    given?: Attributes,
    rest: Partial<LogRecord> = {},
  ): void => {
    const attributes: Attributes = {};
    const droppedAttributes = copyAttributes(attributes, { ...parts.attributes(false), ...given }, limits);
    const context = parts.tracer.active()?.spanContext() ?? parts.page.current?.context;
    const time = clock.now();
    if (take(false)) queue.add({ time, level, scope, context, attributes, droppedAttributes, ...rest });
    else queue.drop('rate');
  };

  const announce = (): void => {
    const { id, previousId, isNew } = session();
    if (!isNew || announced === id) return;
    announced = id;
    if (previousId) write('info', 'session', { 'session.id': previousId }, { eventName: 'session.end' });
    write('info', 'session', { 'session.previous_id': previousId }, { eventName: 'session.start' });
  };

  const watch = ({ events, attributes, scope, traceId, spanId, traceFlags }: SpanRecord): void => {
    announce();
    for (const { name: eventName, time, attributes: own } of events ?? []) {
      if (!/^(exception|browser\.web_vital)$/.test(eventName)) continue;
      const { 'session.id': id, 'rootspan.page_view.id': view } = attributes;
      write(
        eventName === 'exception' ? 'error' : 'info',
        scope,
        { 'session.id': id, 'rootspan.page_view.id': view, ...own },
        { time, eventName, context: { traceId, spanId, traceFlags } },
      );
    }
  };

  const { add: addSpan, flush, retry, counts, stop } = buffer;
  Object.assign(buffer, {
    add: (span: SpanRecord) => {
      addSpan(span);
      guard(watch)(span);
    },
    flush: async (isLeaving?: boolean) => {
      await Promise.all([flush(isLeaving), queue.flush(isLeaving)]);
    },
    retry: () => {
      retry();
      queue.retry();
    },
    counts: () => ({ ...counts(), logs: queue.counts() }),
    stop: () => {
      stop();
      queue.stop();
    },
  });

  return guard((level, message, attributes, scope = 'custom') => {
    if (!session().sampled) return;
    announce();
    // A click that wrote a line has caused something: the span that the record names is kept.
    (parts.tracer.active() as RecordingSpan | undefined)?.onCause?.()(clock.now()); // ours, or another maker's
    const body: Attributes = {};
    // any value becomes one
    copyAttributes(body, { message: message as string }, limits);
    write(level, scope, attributes, { body: redactText(`${body.message}`) });
  });
};
