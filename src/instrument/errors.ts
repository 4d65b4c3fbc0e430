import { listen } from '../platform/lifecycle.js';
import type { Instrumentation } from '../types.js';

/** Uncaught errors and unhandled rejections, on the active span or in the page view's trace. */
export const traceErrors = (): Instrumentation => ({
  name: 'errors',
  start: ({ guard, recordException }) =>
    listen(
      window,
      'error unhandledrejection',
      guard((event: ErrorEvent & PromiseRejectionEvent) => {
        const { type, reason, error, message, filename, lineno, colno } = event;
        // No object: one that threw undefined, or a script of another origin, of which nothing is told.
        const place = filename
          ? `${filename}:${lineno}:${colno}`
          : 'another origin: add crossorigin="anonymous" to the script tag, and CORS to the script';
        const told = { name: 'Error', message, stack: `${message}\n    at ${place}` };
        recordException(type === 'error' ? (error ?? told) : reason);
      }),
    ),
});
