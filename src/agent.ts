import { createApi } from './api.js';
import { findMistake, resourceAttributes, tracesUrl } from './config.js';
import { createBuffer } from './export/buffer.js';
import { createEnvelope } from './export/otlp.js';
import { createPipeline } from './export/pipeline.js';
import { createTransport } from './export/transport.js';
import { listen, listenHidden } from './platform/lifecycle.js';
import { createNative } from './platform/native.js';
import { mark } from './platform/patch.js';
import { isTarget } from './propagate/targets.js';
import { createSession } from './session/session.js';
import { createContext } from './trace/context.js';
import { createPage } from './trace/page.js';
import { createTracer } from './trace/tracer.js';
import type {
  Agent,
  Attributes,
  CoreConfig,
  InstrumentationContext,
  Session,
  SpanContext,
  Tracer,
} from './types.js';
import { createClock } from './util/clock.js';
import { createGuard, warn } from './util/guard.js';
import { createIds } from './util/ids.js';
import { stopAll } from './util/stop.js';
import { matchesUrl } from './util/url.js';

declare const __VERSION__: string;

/** Where a second copy of this code finds the running agent. */
const MARK = /* @__PURE__ */ Symbol.for('rootspan');

/** Starts the agent, or returns the one that runs in this page. It never throws; on a server it does nothing. */
export const startAgent = (config: CoreConfig): Agent => {
  if (typeof window === 'undefined' || typeof document === 'undefined') return inertAgent();
  const running = (window as { [MARK]?: Agent })[MARK]; // put there by run(), of this copy or another
  const mistake = running
    ? 'start: the agent runs already, and is what this call returns'
    : findMistake(config);
  if (mistake) warn(mistake);
  try {
    return running ?? (mistake ? inertAgent() : run(config));
  } catch {
    // A browser without what we need, or a page that has broken it.
    return inertAgent();
  }
};

/** The whole agent: what is made here is undone by `stop`. */
const run = (config: CoreConfig): Agent => {
  const guard = createGuard(config.debug);
  const native = createNative(guard);
  const { after } = native;
  const clock = createClock();
  const id = createIds();
  const session = createSession(config, clock, id);
  const page = createPage(clock, after);
  const limits = { count: 0 };
  const shared: Attributes = {};
  let recorded = 0;
  let isStopped = false;

  const collector = tracesUrl(config.endpoint);
  const buffer = createBuffer(
    createTransport(collector.href, config.headers, native),
    createEnvelope(resourceAttributes(config, __VERSION__), __VERSION__),
    config.flushInterval ?? 5000,
    clock.now,
    after,
  );
  const finish = createPipeline(config.processors ?? [], guard, buffer.add, () => buffer.drop('processor'));
  const tracer = createTracer(
    createContext(),
    clock,
    id,
    {
      ambient: () => {
        const context = page.current()?.context;
        return page.isOpen() ? { parent: context } : { link: context };
      },
      isSampled: () => session.current().sampled,
      attributes: (isRoot) => ({
        ...describeSpan(session.current(), isRoot),
        'rootspan.page_view.id': page.current()?.id,
        ...guard.attempt(() =>
          typeof config.attributes === 'function' ? config.attributes() : config.attributes,
        ),
        ...shared,
      }),
    },
    limits,
    (record) => {
      recorded++;
      if (isStopped) buffer.drop('stopped');
      else finish(record);
    },
  );
  const recordException = createErrorLog(tracer, () => page.current()?.context);
  const propagators = config.propagators ?? [];
  const context: InstrumentationContext = {
    tracer,
    clock,
    page,
    guard,
    config,
    id,
    after,
    recordException,
    inject: (url, span, set) => {
      if (!span.isRecording() || !guard.attempt(() => isTarget(config, url))) return;
      for (const { inject } of propagators) inject(span.spanContext(), set);
    },
    isIgnored: (url) =>
      url.origin + url.pathname === collector.origin + collector.pathname ||
      matchesUrl(url, config.ignoreUrls),
    extract: (get) => propagators.map(({ extract }) => extract?.(get)).find(Boolean),
  };

  const leave = (endPage: () => void) =>
    guard(() => {
      endPage();
      void buffer.flush(true);
    });
  const stops = (config.instrumentations ?? []).map((instrumentation) => instrumentation.start(context));
  stops.push(
    listen(window, 'pointerdown keydown scroll pageshow', guard(session.touch), {
      capture: true,
      passive: true,
    }),
    listenHidden(leave(page.hide)),
    // On a navigation this comes first, and hidden follows.
    listen(
      window,
      'pagehide',
      leave(() => page.end('hidden')),
    ),
  );
  const agent = createApi(tracer, shared, page, {
    session: session.current,
    recordException,
    stats: () => ({ recorded, ...buffer.counts(), limited: limits.count }),
    flush: () => buffer.flush(),
    stop: guard(() => {
      page.end('stopped');
      stopAll(stops)();
      isStopped = true;
      void buffer.flush(true);
      buffer.stop();
    }),
  });
  stops.push(mark(window, MARK, agent));
  return agent;
};

const describeSpan = ({ id, previousId, sampleRate }: Session, isRoot: boolean): Attributes => ({
  'session.id': id,
  ...(isRoot && { 'session.previous_id': previousId, 'rootspan.sample_rate': sampleRate }),
});

/** An error that was thrown through several hands is recorded once. */
const createErrorLog = (tracer: Tracer, pageContext: () => SpanContext | undefined) => {
  const seen = new WeakSet<object>();
  return (error: unknown): void => {
    if (typeof error === 'object' && error) {
      if (seen.has(error)) return;
      seen.add(error);
    }
    const active = tracer.active();
    const span = active ?? tracer.startSpan('exception', { scope: 'errors', parent: pageContext() ?? null });
    span.recordException(error);
    span.setStatus({ code: 2 });
    if (!active) span.end();
  };
};

/** An agent that does nothing and breaks nothing: on a server, or after a mistake in the configuration. */
const inertAgent = (): Agent => {
  const nothing = () => undefined;
  const never = { ambient: () => ({}), isSampled: () => false, attributes: () => ({}) };
  const tracer = createTracer(createContext(), createClock(), createIds(), never, { count: 0 }, nothing);
  return createApi(
    tracer,
    {},
    { current: nothing, setRoute: nothing },
    {
      session: nothing,
      recordException: nothing,
      stats: () => ({ recorded: 0, sent: 0, waiting: 0, dropped: {}, limited: 0 }),
      flush: async () => {},
      stop: nothing,
    },
  );
};
