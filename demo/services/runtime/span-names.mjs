const UUID = /\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=\/|$)/gi;
const TABLE = /\b(?:from|into|update)\s+([\w.]+)/i;

/** Scripts, styles and pictures of the shop, and the health check: a trace for each would hide the others. */
export const isUntraced = ({ url }) => {
  const [path] = url.split('?');
  return path === '/healthz' || /\.(?!html$)\w+$/.test(path);
};

/** `SELECT shop.products` rather than the instrumentation's `pg.query:SELECT postgres`. */
export const describeQuery = (span, { query }) => {
  const operation = query.text.trim().split(/\s/, 1)[0].toUpperCase();
  const summary = [operation, TABLE.exec(query.text)?.[1]].filter(Boolean).join(' ');
  span.updateName(summary);
  span.setAttribute('db.query.summary', summary);
};

/** `GET /orders/:id` rather than `GET`. */
export const describeRequest = (span, { method, path }) => {
  const template = path.split('?')[0].replace(UUID, '/:id');
  span.updateName(`${method} ${template}`);
  span.setAttribute('url.template', template);
};
