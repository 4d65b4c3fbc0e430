export interface DocumentOptions {
  /** `data-*` attributes of the agent's tag, without `data-`. They are added to a short flush interval. */
  tag?: Record<string, string | number>;
  /** Other attributes of the tag, such as `async`. */
  attributes?: string;
  /** Configuration as JavaScript, for `rootspan('start', …)`; the tag then has no `data-*`. */
  config?: string;
  head?: string;
  body?: string;
}

/** A document with the agent in its head, as the README says. */
export const writeDocument = ({
  tag,
  attributes = '',
  config,
  head = '',
  body = '',
}: DocumentOptions = {}) => {
  const data = config === undefined ? { 'flush-interval': 100, ...tag } : {};
  const pairs = Object.entries(data).map(([key, value]) => `data-${key}="${value}"`);
  const start =
    config === undefined ? '' : `<script>rootspan('start', { flushInterval: 100, ${config} })</script>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Test page</title>
${head}
<script src="/rootspan.js" ${pairs.join(' ')} ${attributes}></script>
${start}
</head>
<body>
<h1>A page</h1>
${body}
</body>
</html>`;
};
