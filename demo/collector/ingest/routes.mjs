import { Hono } from 'hono';
import { StoreFailed } from '../store/store.mjs';
import { Busy, createBudget, readBody, TooLarge, Unsupported } from './body.mjs';
import { checkBrackets } from './brackets.mjs';
import { decodeProtobuf, encodeResponse, encodeStatus } from './proto.mjs';
import { readLogs, readSpans } from './records.mjs';
import { BadRequest } from './values.mjs';

const signals = {
  traces: { read: readSpans, rejectedField: 'rejectedSpans' },
  logs: { read: readLogs, rejectedField: 'rejectedLogRecords' },
};

const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/x-protobuf';

// The answer has the type of the question.
const typeOf = (request) => {
  const type = (request.headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();
  return [JSON_TYPE, PROTOBUF_TYPE].find((known) => known === type);
};

const parseJson = (bytes) => {
  checkBrackets(bytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new BadRequest(`not JSON in UTF-8: ${error.message}`);
  }
};

// Equal faults are told once; a client shows or logs the message.
const responseOf = (rejectedField, faults) => {
  if (faults.length === 0) return { partialSuccess: {} };
  const errorMessage = [...new Set(faults)].join('; ');
  return { partialSuccess: { [rejectedField]: String(faults.length), errorMessage } };
};

// Each row has its resource and scope of its own, which were sent once.
const takeRows = (share, rows) => {
  for (const { resource, service, scope } of rows)
    share.take(resource.length + service.length + scope.length);
};

const receive = async (signal, type, request, share, { store, maxBytes }) => {
  if (!type) throw new Unsupported(`use ${JSON_TYPE} or ${PROTOBUF_TYPE} as content type`);
  const bytes = await readBody(request, maxBytes, share);
  const message = type === JSON_TYPE ? parseJson(bytes) : decodeProtobuf(signal, bytes);
  const { read, rejectedField } = signals[signal];
  const { accepted, faults } = read(message);
  takeRows(share, accepted);
  await store.write({ [signal]: accepted, rejected: faults.length, bytes: bytes.length });
  return responseOf(rejectedField, faults);
};

// HTTP status and google.rpc.Code of what can go wrong. 503 is the one that a sender tries again.
const failureOf = (error) => {
  if (error instanceof Unsupported) return [415, 3];
  if (error instanceof TooLarge) return [413, 8];
  if (error instanceof BadRequest) return [400, 3];
  return error instanceof StoreFailed || error instanceof Busy ? [503, 14] : [500, 13];
};

const fail = (context, type, error) => {
  const [status, code] = failureOf(error);
  const body = { code, message: error.message };
  if (status === 503) context.header('Retry-After', '1');
  // The rest of a refused body stays unread.
  if (status === 413 || error instanceof Busy) context.header('Connection', 'close');
  if (type !== PROTOBUF_TYPE) return context.json(body, status);
  return context.body(encodeStatus(body), status, { 'Content-Type': PROTOBUF_TYPE });
};

const answer = async (context, signal, budget, options) => {
  const type = typeOf(context.req.raw);
  const share = budget.share();
  try {
    const response = await receive(signal, type, context.req.raw, share, options);
    if (type === JSON_TYPE) return context.json(response);
    return context.body(encodeResponse(signal, response), 200, { 'Content-Type': PROTOBUF_TYPE });
  } catch (error) {
    return fail(context, type, error);
  } finally {
    share.release();
  }
};

/** The OTLP/HTTP receiver: `POST /traces` and `POST /logs`. A batch is answered after it is committed. */
export const createIngest = (options) => {
  const app = new Hono();
  const budget = createBudget();
  for (const signal of Object.keys(signals)) {
    app.post(`/${signal}`, (context) => answer(context, signal, budget, options));
    app.all(`/${signal}`, (context) =>
      context.json({ code: 12, message: 'use POST' }, 405, { Allow: 'POST' }),
    );
  }
  return app;
};
