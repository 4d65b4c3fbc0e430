/** What an uncaught error or an unhandled rejection is about. */
export const readError = (event: ErrorEvent & PromiseRejectionEvent): unknown => {
  const { type, reason, error, message, filename, lineno, colno } = event;
  // No object: one that threw undefined, or a script of another origin, of which nothing is told.
  const place = filename
    ? `${filename}:${lineno}:${colno}`
    : 'another origin: add crossorigin="anonymous" to the script tag, and CORS to the script';
  const told = { name: 'Error', message, stack: `${message}\n    at ${place}` };
  return type === 'error' ? (error ?? told) : reason;
};
