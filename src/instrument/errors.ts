import { listen } from '../platform/lifecycle.js';
import type { Instrumentation } from '../types.js';

/** Uncaught errors and unhandled rejections, on the active span or in the page view's trace. */
export const traceErrors = (): Instrumentation => ({
  name: 'errors',
  start: ({ guard, recordException }) => {
    const stops = [
      listen(
        window,
        'error',
        guard(({ error, message, filename, lineno, colno }: ErrorEvent) => {
          // No object: another origin's script, which tells nothing, or one that threw undefined.
          recordException(
            error ?? { name: 'Error', message, stack: `${message}\n    at ${filename}:${lineno}:${colno}` },
          );
        }),
      ),
      listen(
        window,
        'unhandledrejection',
        guard(({ reason }: PromiseRejectionEvent) => recordException(reason)),
      ),
    ];
    return () => stops.forEach((stop) => void stop());
  },
});
