// Order matters: the appender writes the columns in this order.
const spanColumns = [
  ['trace_id', 'VARCHAR'],
  ['span_id', 'VARCHAR'],
  ['parent_span_id', 'VARCHAR'],
  ['name', 'VARCHAR'],
  ['kind', 'UINTEGER'],
  ['service', 'VARCHAR'],
  ['scope', 'VARCHAR'],
  ['start_ns', 'UBIGINT'],
  ['end_ns', 'UBIGINT'],
  ['duration_ms', 'DOUBLE'],
  ['status_code', 'UINTEGER'],
  ['status_message', 'VARCHAR'],
  ['session_id', 'VARCHAR'],
  ['user_id', 'VARCHAR'],
  ['page_view_id', 'VARCHAR'],
  ['page_view_type', 'VARCHAR'],
  ['route', 'VARCHAR'],
  ['is_agent', 'BOOLEAN'],
  ['attributes', 'JSON'],
  ['resource', 'JSON'],
  ['events', 'JSON'],
  ['links', 'JSON'],
  ['dropped', 'JSON'],
  ['received_ms', 'DOUBLE'],
];

const logColumns = [
  ['time_ns', 'UBIGINT'],
  ['trace_id', 'VARCHAR'],
  ['span_id', 'VARCHAR'],
  ['severity', 'UINTEGER'],
  ['severity_text', 'VARCHAR'],
  ['event_name', 'VARCHAR'],
  ['body', 'JSON'],
  ['service', 'VARCHAR'],
  ['scope', 'VARCHAR'],
  ['session_id', 'VARCHAR'],
  ['attributes', 'JSON'],
  ['resource', 'JSON'],
  ['received_ms', 'DOUBLE'],
];

const declare = (columns) => columns.map(([name, type]) => `${name} ${type}`).join(', ');

/** Creates what is missing; a file of an earlier run is kept. */
export const schema = `
  CREATE TABLE IF NOT EXISTS spans (${declare(spanColumns)}, PRIMARY KEY (trace_id, span_id));
  CREATE TABLE IF NOT EXISTS logs (${declare(logColumns)});
  CREATE TABLE IF NOT EXISTS totals (rejected UBIGINT, bytes UBIGINT);
  INSERT INTO totals SELECT 0, 0 WHERE NOT EXISTS (FROM totals);
`;

/** Where a batch waits inside its transaction until duplicates are left out. */
export const stagingSchema = `CREATE TEMP TABLE incoming_spans AS FROM spans LIMIT 0;`;

const json = (value) => JSON.stringify(value);
// A clock that ran backwards gives a span of no length, not a negative one.
const lengthOf = ({ start, end }) => (end > start ? Number(end - start) / 1e6 : 0);

/** The values of a span in the order of the columns. */
export const spanRow = (span, receivedTime) => [
  span.traceId,
  span.spanId,
  span.parentSpanId,
  span.name,
  span.kind,
  span.service,
  span.scope,
  span.start,
  span.end,
  lengthOf(span),
  span.statusCode,
  span.statusMessage,
  span.sessionId,
  span.userId,
  span.pageViewId,
  span.pageViewType,
  span.route,
  span.isAgent,
  json(span.attributes),
  span.resource,
  json(span.events),
  json(span.links),
  json(span.dropped),
  receivedTime,
];

/** The values of a log record in the order of the columns. */
export const logRow = (log, receivedTime) => [
  log.time,
  log.traceId,
  log.spanId,
  log.severity,
  log.severityText,
  log.eventName,
  json(log.body),
  log.service,
  log.scope,
  log.sessionId,
  json(log.attributes),
  log.resource,
  receivedTime,
];

const appenders = {
  VARCHAR: (appender, value) => appender.appendVarchar(value),
  JSON: (appender, value) => appender.appendVarchar(value),
  UINTEGER: (appender, value) => appender.appendUInteger(value),
  UBIGINT: (appender, value) => appender.appendUBigInt(value),
  DOUBLE: (appender, value) => appender.appendDouble(value),
  BOOLEAN: (appender, value) => appender.appendBoolean(value),
};

const appendRows = (appender, columns, rows) => {
  for (const row of rows) {
    columns.forEach(([, type], index) => {
      if (row[index] === null) appender.appendNull();
      else appenders[type](appender, row[index]);
    });
    appender.endRow();
  }
  appender.flushSync();
};

const append = async (connection, [table, schemaName, catalog], columns, rows) => {
  const appender = await connection.createAppender(table, schemaName, catalog);
  try {
    appendRows(appender, columns, rows);
  } finally {
    appender.closeSync();
  }
};

export const appendSpans = (connection, rows) =>
  append(connection, ['incoming_spans', 'main', 'temp'], spanColumns, rows);

export const appendLogs = (connection, rows) => append(connection, ['logs'], logColumns, rows);
