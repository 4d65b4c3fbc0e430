// Lines that must compile, against the built package, as an application's compiler sees it.
import {
  type Agent,
  type Config,
  describeGraphql,
  type Instrumentation,
  type Processor,
  type Span,
  type SpanRecord,
  start,
} from 'rootspan';
import * as core from 'rootspan/core';
import { zoneContext } from 'rootspan/zone';

const config: Config = {
  endpoint: '/otel',
  serviceName: 'shop-web',
  resource: { 'deployment.region': 'eu' },
  headers: { 'x-key': 'public' },
  sampleRate: 0.1,
  propagateTo: ['https://api.example.com', /^https:\/\/cdn\./, ({ url }) => url.port === '8080'],
  neverPropagateTo: 'https://example.com/legacy',
  session: { idleTimeout: 60_000 },
  attributes: () => ({ plan: 'free', absent: undefined }),
  redactUrl: (url) => url,
  routeName: ({ url, type }) => (type === 'page' ? url.pathname : undefined),
  describeRequest: (request) => ({ ...describeGraphql(request), 'app.has_body': !!request.body }),
  context: zoneContext(),
  processors: [(span) => (span.name === 'noise' ? undefined : span)],
};

const agent: Agent = start(config);
start();

// What `fn` returns comes back, a promise too.
const length: number = agent.span('work', (span) => span.setAttribute('key', 1).spanContext().traceId.length);
const later: Promise<string> = agent.span('work', { kind: 3 }, async () => 'done');
const active: Span | undefined = agent.active();
agent.with(active, () => agent.recordException(new Error('lost')));
agent.setUser({ id: '17' });
agent.setUser({});
agent.setAttributes({ plan: undefined });

const tick: Instrumentation = {
  name: 'tick',
  start: ({ tracer, after }) => after(1000, () => tracer.startSpan('tick', { parent: null }).end()),
};
const rename: Processor = (span: SpanRecord) => ({ ...span, name: 'renamed' });

core.start({
  instrumentations: [tick, core.traceFetch(), core.traceXhr()],
  propagators: [core.w3c],
  processors: [rename],
});

export const results = { length, later };
