import { listen } from '../platform/lifecycle.js';
import type { Instrumentation } from '../types.js';
import { readError } from './error-event.js';

/** Uncaught errors and unhandled rejections, on the active span or in the page view's trace. */
export const traceErrors = (): Instrumentation => ({
  name: 'errors',
  start: ({ guard, recordException }) =>
    listen(
      window,
      'error unhandledrejection',
      guard((event: ErrorEvent & PromiseRejectionEvent) => recordException(readError(event))),
    ),
});
