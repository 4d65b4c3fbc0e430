import { SpanStatusCode, trace } from '@opentelemetry/api';
import { log } from './log.mjs';

/** An answer other than 2xx. `fields` go into its body. */
export class HttpError extends Error {
  name = 'HttpError';

  constructor(status, code, message, fields) {
    super(message);
    Object.assign(this, { status, code, fields });
  }
}

export const badRequest = (sentence) => new HttpError(400, 'invalid_request', sentence);
export const notFound = (sentence) => new HttpError(404, 'not_found', sentence);

/** The card was refused. The service that found out gives the `cause`; those that pass it on have none. */
export class PaymentDeclinedError extends HttpError {
  name = 'PaymentDeclinedError';

  constructor(cause) {
    super(402, 'card_declined', 'The card was declined.', { reference: currentTraceId() });
    if (cause) this.cause = cause;
  }
}

const currentTraceId = () => trace.getActiveSpan()?.spanContext().traceId;

/** Errors of express itself, such as a body that is no JSON, carry a status of their own. */
const toHttpError = (error) => {
  if (error instanceof HttpError) return error;
  if (error.type === 'entity.parse.failed') return badRequest('The body must be a JSON object.');
  if (error.status >= 400 && error.status < 500) {
    return new HttpError(error.status, 'invalid_request', `The request cannot be read: ${error.message}.`);
  }
  return new HttpError(500, 'internal_error', 'Something went wrong on our side.', {
    reference: currentTraceId(),
  });
};

const withCause = ({ stack, cause }) => (cause ? `${stack}\nCaused by: ${withCause(cause)}` : stack);

/**
 * Marks the server span. The HTTP instrumentation leaves answers of 4xx unset, as the caller's fault; a
 * declined payment is one that the shop wants to find, so it counts as an error in every service.
 */
const markSpan = (error, status) => {
  const span = trace.getActiveSpan();
  const declined = error instanceof PaymentDeclinedError;
  if (!span || (status < 500 && !declined)) return;
  // Recorded where it happened, not once more by each service that passes it on.
  if (!declined || error.cause) {
    span.recordException({ name: error.name, message: error.message, stack: withCause(error) });
  }
  span.setAttribute('error.type', declined ? error.code : error.name);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
};

/** The error handler of every service: one span, one log line, one JSON answer. */
export const answerErrors = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const { status, code, message, fields } = toHttpError(error);
  markSpan(error, status);
  const write = status >= 500 ? log.error : log.warn;
  write(error.message, { status, ...(status >= 500 && { stack: withCause(error) }) });
  response.status(status).json({ error: code, message, ...fields });
};
