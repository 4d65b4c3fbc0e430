import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const ERROR = 2;
const KINDS = ['', 'internal', 'server', 'client'];

const toScalar = ({ stringValue, intValue, doubleValue, boolValue }) =>
  stringValue ?? doubleValue ?? boolValue ?? (intValue === undefined ? undefined : Number(intValue));

const toObject = (attributes = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, toScalar(value)]));

const toSpan = (service, scope, span) => ({
  service,
  scope: scope.split('/').pop(),
  name: span.name,
  kind: KINDS[span.kind],
  traceId: span.traceId,
  spanId: span.spanId,
  parentSpanId: span.parentSpanId,
  isError: span.status?.code === ERROR,
  statusMessage: span.status?.message,
  attributes: toObject(span.attributes),
  events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: toObject(attributes) })),
});

const readSpans = (body) =>
  body.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map((span) => toSpan(toObject(resource.attributes)['service.name'], scope.name, span)),
    ),
  );

/** A collector for tests: takes OTLP/HTTP JSON, and `untilTrace` waits for a trace that satisfies a condition. */
export const startOtlpSink = async () => {
  const spans = [];
  const watchers = new Set();
  const server = createServer(async (request, response) => {
    spans.push(...readSpans(JSON.parse(await text(request))));
    response.setHeader('content-type', 'application/json').end('{}');
    for (const watch of watchers) watch();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  const untilTrace = (traceId, isComplete) =>
    new Promise((resolve) => {
      const watch = () => {
        const trace = spans.filter((span) => span.traceId === traceId);
        if (!isComplete(trace)) return;
        watchers.delete(watch);
        resolve(trace);
      };
      watchers.add(watch);
      watch();
    });

  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, spans, untilTrace, stop };
};
