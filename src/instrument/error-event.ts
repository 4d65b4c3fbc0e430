/** What an uncaught error or an unhandled rejection is about. */
export const readError = (event: ErrorEvent & PromiseRejectionEvent): unknown => {
  const { type, reason, error, message, filename, lineno, colno } = event;
  // No object: one that threw undefined, or a script of another origin, of which Firefox tells the name and others nothing.
  const place =
    lineno || !/^Script error\.?$/.test(message)
      ? `${filename}:${lineno}:${colno}`
      : `${filename || 'another origin'}: add crossorigin="anonymous" to the script tag, and CORS to the script`;
  const told = { name: 'Error', message, stack: `${message}\n    at ${place}` };
  return type === 'error' ? (error ?? told) : reason;
};
