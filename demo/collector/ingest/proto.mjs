import { createRequire } from 'node:module';
// The message classes that the OpenTelemetry project generated from its .proto files. Later versions of this package
// write protobuf by hand and no longer carry them, hence the pinned version under an alias.
import root from 'otlp-proto/build/src/generated/root.js';
import protobuf from 'protobufjs/minimal.js';
import { BadRequest } from './values.mjs';

// The classes read by the protobufjs that was installed with them, and take no reader of another.
const { resolve } = createRequire(import.meta.url);
const { Reader } = createRequire(resolve('otlp-proto/build/src/generated/root.js'))('protobufjs/minimal');

const { trace, logs } = root.opentelemetry.proto.collector;

/** The official messages of each signal. */
export const messages = {
  traces: { request: trace.v1.ExportTraceServiceRequest, response: trace.v1.ExportTraceServiceResponse },
  logs: { request: logs.v1.ExportLogsServiceRequest, response: logs.v1.ExportLogsServiceResponse },
};

// 8 MiB of usual spans have fewer tags and lengths. As many empty messages, of two bytes each, would take seconds.
const MAX_TAGS = 2 ** 21;

/** A reader that throws when there is more to read than any request needs. */
const createReader = (bytes) => {
  const reader = Reader.create(bytes);
  const readNumber = reader.uint32;
  let count = 0;
  reader.uint32 = () => {
    count += 1;
    if (count > MAX_TAGS) throw new Error(`there are more than ${MAX_TAGS} tags and lengths`);
    return readNumber.call(reader);
  };
  return reader;
};

const ids = new Set(['traceId', 'spanId', 'parentSpanId']);

// OTLP/JSON writes ids as hex and other bytes as base64.
const bytesToText = (value, key) => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString(ids.has(key) ? 'hex' : 'base64');
  if (Array.isArray(value)) return value.map((item) => bytesToText(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bytesToText(item, name)]));
};

/** A protobuf request in the shape of OTLP/JSON, so that both encodings share one reader. */
export const decodeProtobuf = (signal, bytes) => {
  const { request } = messages[signal];
  try {
    return bytesToText(
      request.toObject(request.decode(createReader(bytes)), { longs: String, bytes: Buffer }),
    );
  } catch (error) {
    throw new BadRequest(`the protobuf ${request.name} cannot be read: ${error.message}`);
  }
};

/** A response message as protobuf. */
export const encodeResponse = (signal, response) => {
  const type = messages[signal].response;
  return type.encode(type.fromObject(response)).finish();
};

/** `google.rpc.Status` as protobuf: field 1 is the code, field 2 the message. */
export const encodeStatus = ({ code, message }) =>
  protobuf.Writer.create().uint32(8).int32(code).uint32(18).string(message).finish();
