import { trace } from '@opentelemetry/api';

const write = (level, message, fields) => {
  const context = trace.getActiveSpan()?.spanContext();
  const line = {
    time: new Date().toISOString(),
    level,
    service: process.env.OTEL_SERVICE_NAME,
    message,
    trace_id: context?.traceId,
    span_id: context?.spanId,
    ...fields,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** One JSON object per line, joined to the active span. */
export const log = {
  info: (message, fields) => write('info', message, fields),
  warn: (message, fields) => write('warn', message, fields),
  error: (message, fields) => write('error', message, fields),
};
