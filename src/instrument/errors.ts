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
        // No object: another origin's script, which tells nothing, or one that threw undefined.
        const told = { name: 'Error', message, stack: `${message}\n    at ${filename}:${lineno}:${colno}` };
        recordException(type === 'error' ? (error ?? told) : reason);
      }),
    ),
});
