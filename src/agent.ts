import { createApi } from './api.js';
import { tracesUrl } from './config.js';
import { createErrorLog } from './error-log.js';
import { inertAgent } from './inert.js';
import type { LogParts, sendLogs } from './logs.js';
import { createOutput } from './output.js';
import { watchActivity, watchPage } from './platform/lifecycle.js';
import { createNative } from './platform/native.js';
import { mark } from './platform/patch.js';
import { createBucket } from './session/bucket.js';
import { createConsent, onDenied } from './session/consent.js';
import type { promoteOn } from './session/promotion.js';
import { createSession, type SessionManager } from './session/session.js';
import { createContext } from './trace/context.js';
import { createTracer, type Surroundings } from './trace/tracer.js';
import type {
  Agent,
  Attributes,
  Clock,
  Consent,
  CoreConfig,
  Guard,
  Instrumentation,
  InstrumentationContext,
  Page,
  Session,
} from './types.js';
import { createClock } from './util/clock.js';
import { createGuard, warn } from './util/guard.js';
import { createIds } from './util/ids.js';
import { own } from './util/own.js';
import { stopAll } from './util/stop.js';

/** Where a second copy of this code finds the running agent. */
const MARK = /* @__PURE__ */ Symbol.for('rootspan');

/**
 * Starts the agent, or returns the one that runs in this page. It never throws; on a server, or in a browser without
 * what it needs, it returns an agent that does nothing. The options are not checked here: `rootspan` itself does.
 */
export const startAgent = (config: CoreConfig = {}): Agent => {
  if (typeof document === 'undefined') return inertAgent();
  const running = runningAgent();
  if (running) warn('start: the agent runs already');
  const guard = createGuard(config?.debug);
  return running ?? guard(run)(own({ ...config, session: own(config?.session) }), guard) ?? inertAgent();
};

/** The agent that this copy of the code, or another one, has started in this page. */
export const runningAgent = (): Agent | undefined => (window as { [MARK]?: Agent })[MARK]; // put there by run()

/** Under Global Privacy Control, whoever has said it. */
const NOBODY: Attributes = { 'user.id': undefined, 'enduser.pseudo.id': undefined };

/** The whole agent: what is made here is undone by `stop`. */
const run = (config: CoreConfig, guard: Guard): Agent => {
  const native = createNative(guard);
  const clock = createClock();
  const id = createIds();
  const collector = tracesUrl(config.endpoint);
  const { consent, setConsent, isDenied, hasGpc } = createConsent(config, native.fetch);
  const session = createSession(config, clock, id);
  const page: Page = { endings: new Set(), drafts: new Set(), turns: 0 };
  const shared: Attributes = {};
  const [baggage, setBaggage] = createBaggage(session.current, shared, hasGpc);
  const base = { clock, guard, id, page, config, collector, native, consent, limits: { count: 0 } };
  const { buffer, ...output } = createOutput(base);
  const attributes = createSharedAttributes(config, session.current, page, shared, guard, hasGpc);
  const decisions = createDecisions(config, isDenied, session.current, clock, output.drop);
  const host: Surroundings & typeof base = { ...base, ...decisions, attributes, onEnd: output.add };
  const tracer = createTracer(config.context ?? createContext(), host, config.xrayTraceIds);
  const errors = createErrorLog(tracer, clock, page);
  const parts: LogParts = { ...host, ...output, buffer, tracer, session: session.current };
  const log = (config.logs && guard(config.logs as typeof sendLogs)(parts)) || (() => {}); // `sendLogs`, or nothing
  const common = { recordException: errors.record, log, setBaggage };
  if (config.promote) guard(config.promote.watch as ReturnType<typeof promoteOn>['watch'])(host, session);
  const context = { ...base, ...common, tracer, after: native.after, baggage };
  const stops = [watchActivity(guard(session.touch)), ...startAll(config.instrumentations, context)];
  const onLeave = guard(() => {
    page.end?.('hidden');
    errors.tell();
    void buffer.flush(true);
  });
  const decide = guard(decideWith({ setConsent, isDenied }, page, session, buffer));
  const agent = createApi(tracer, shared, page, {
    session: () => (isDenied() ? undefined : session.current()),
    ...common,
    stats: () => ({ ...buffer.counts(), limited: base.limits.count }),
    flush: () => buffer.flush(),
    setConsent: (next) => decide(next),
    stop: guard(() => {
      page.end?.('stopped');
      stopAll(stops)();
      errors.tell();
      buffer.stop();
    }),
  });
  stops.push(guard(() => tracer.start?.())());
  stops.push(watchPage(page, onLeave, guard(buffer.retry), output.transport.back));
  stops.push(onDenied(() => decide('denied', true)));
  stops.push(mark(window, MARK, agent));
  return agent;
};

/** One that fails leaves the others. */
const startAll = (instrumentations: readonly Instrumentation[] = [], context: InstrumentationContext) =>
  instrumentations.map(({ start }) => context.guard(start)(context));

/** What the visitor has decided, here or in another tab. */
const decideWith =
  (
    { setConsent, isDenied }: Pick<ReturnType<typeof createConsent>, 'setConsent' | 'isDenied'>,
    page: Page,
    session: SessionManager,
    buffer: { flush(): unknown },
  ) =>
  (next: Consent, isTold?: boolean): void => {
    // What it has seen goes with all that waits.
    if (next === 'denied') page.end?.('stopped');
    setConsent(next, isTold);
    if (isDenied()) session.forget();
    void buffer.flush();
  };

/** Who is sampled, and how that is told. */
const createDecisions = (
  { parentBased, maxSpansPerMinute, consistentSampling }: CoreConfig,
  isDenied: () => boolean,
  session: () => Session,
  clock: Clock,
  drop: (reason: string) => false,
): Pick<Surroundings, 'parentBased' | 'isDenied' | 'isSampled' | 'traceState'> => {
  const take = createBucket(maxSpansPerMinute, clock);
  return {
    parentBased,
    isDenied,
    isSampled: (parent) =>
      !isDenied() &&
      !!(parent ? parent.traceFlags & 1 : session().sampled) &&
      (take(!parent) || drop('rate')),
    ...(consistentSampling && {
      traceState: (incoming) =>
        incoming ? consistentSampling('', 0, incoming, parentBased) : session().traceState,
    }),
  };
};

/** What every span carries, and the root of a trace besides. */
const createSharedAttributes =
  (
    config: CoreConfig,
    session: () => Session,
    page: Page,
    shared: Attributes,
    guard: Guard,
    hasGpc: boolean,
  ) =>
  (isRoot: boolean): Attributes => {
    const { id, previousId, sampleRate } = session();
    const { attributes } = config;
    return {
      'session.id': id,
      'rootspan.page_view.id': page.current?.id,
      ...(isRoot && { 'session.previous_id': previousId, 'rootspan.sample_rate': sampleRate }),
      ...guard(() => ({ ...(typeof attributes === 'function' ? attributes() : attributes) }))(),
      ...shared,
      ...(hasGpc && NOBODY),
    };
  };

/** What requests may carry besides ids, and how the application adds to it. */
const createBaggage = (
  session: () => Session,
  shared: Attributes,
  hasGpc: boolean,
): [read: () => Attributes, set: Agent['setBaggage']] => {
  const values: Attributes = {};
  return [
    () => ({
      ...{ 'session.id': session().id, 'user.id': shared['user.id'], ...values },
      ...(hasGpc && NOBODY),
    }),
    (given) => void Object.assign(values, given),
  ];
};
