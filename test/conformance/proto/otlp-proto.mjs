// The message classes that the OpenTelemetry project generated from its .proto files. Later versions of
// @opentelemetry/otlp-transformer write protobuf by hand and no longer carry them, hence the pinned version.
import root from 'otlp-proto/build/src/generated/root.js';

const { trace, logs, metrics } = root.opentelemetry.proto.collector;

const requests = {
  traces: trace.v1.ExportTraceServiceRequest,
  logs: logs.v1.ExportLogsServiceRequest,
  metrics: metrics.v1.ExportMetricsServiceRequest,
};

// OTLP/JSON deviates from proto3 JSON here: ids are hex, all other bytes base64.
const idDigits = { traceId: 32, spanId: 16, parentSpanId: 16 };

const isId = (key, value) => key in idDigits && typeof value === 'string';

const idProblem = (key, value) => {
  if (!new RegExp(`^[0-9a-f]{${idDigits[key]}}$`).test(value)) {
    return `must be ${idDigits[key]} lower-case hex digits, is ${JSON.stringify(value)}`;
  }
  return /^0+$/.test(value) ? 'must not be all zero' : undefined;
};

/** Calls `visit(key, value, path)` for every member of every object, and rebuilds them from what it returns. */
const mapMembers = (value, visit, path = '') => {
  if (Array.isArray(value)) return value.map((item, index) => mapMembers(item, visit, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const place = path === '' ? key : `${path}.${key}`;
      return [key, mapMembers(visit(key, item, place), visit, place)];
    }),
  );
};

const idsToBytes = (json, problems) =>
  mapMembers(json, (key, value, path) => {
    if (!isId(key, value)) return value;
    const problem = idProblem(key, value);
    if (problem) problems.push(`${path}: ${problem}`);
    return Buffer.from(value, 'hex');
  });

const bytesToText = (object) =>
  mapMembers(object, (key, value) => {
    if (!(value instanceof Uint8Array)) return value;
    return Buffer.from(value).toString(key in idDigits ? 'hex' : 'base64');
  });

const show = (value) => JSON.stringify(value) ?? String(value);

/**
 * What the sender wrote has to be there, of the same type, after a journey through protobuf. A member that is gone was
 * unknown to the definitions; one that differs had the wrong type (an enum name, a number as a string, null).
 */
const compare = (sent, received, path, problems) => {
  if (Array.isArray(sent) && Array.isArray(received)) {
    if (sent.length !== received.length)
      problems.push(`${path}: ${sent.length} items became ${received.length}`);
    for (const [index, item] of sent.entries()) compare(item, received[index], `${path}[${index}]`, problems);
    return;
  }
  if (typeof sent === 'object' && sent !== null && typeof received === 'object' && received !== null) {
    for (const [key, value] of Object.entries(sent)) {
      const place = path === '' ? key : `${path}.${key}`;
      if (value === undefined) continue;
      if (Object.hasOwn(received, key)) compare(value, received[key], place, problems);
      else problems.push(`${place}: unknown field`);
    }
    return;
  }
  if (sent !== received) problems.push(`${path}: ${show(sent)} is read as ${show(received)}`);
};

const toObject = (type, message, isComplete) =>
  bytesToText(
    type.toObject(message, { longs: String, json: true, defaults: isComplete, arrays: isComplete }),
  );

/**
 * Reads an OTLP/JSON request of `signal` (`traces`, `logs`, `metrics`) strictly by the official definitions, and takes it
 * through protobuf and back. `problems` is empty exactly when the request is legal OTLP/JSON that arrives without loss.
 */
export const readRequest = (signal, json) => {
  const type = requests[signal];
  const problems = [];
  try {
    const message = type.fromObject(idsToBytes(json, problems));
    const fault = type.verify(message);
    if (fault) problems.push(fault);
    const bytes = type.encode(message).finish();
    const received = type.decode(bytes);
    compare(json, toObject(type, received, true), '', problems);
    return { problems, bytes, decoded: toObject(type, received, false) };
  } catch (error) {
    return { problems: [...problems, error.message], bytes: undefined, decoded: undefined };
  }
};

/** What is wrong with a trace request: one sentence each, beginning with the place. Empty when it is right. */
export const traceProblems = (json) => readRequest('traces', json).problems;

/** A trace request as protobuf, as the OTLP/HTTP binary encoding sends it. */
export const encodeTraceRequest = (json) => readRequest('traces', json).bytes;

/** A protobuf trace request in the form of OTLP/JSON: ids hex, 64-bit integers decimal strings, defaults left out. */
export const decodeTraceRequest = (bytes) => {
  const type = requests.traces;
  return toObject(type, type.decode(bytes), false);
};
