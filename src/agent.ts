import { createApi, inertAgent } from './api.js';
import { findMistake } from './config.js';
import { createOutput } from './output.js';
import { watchActivity, watchLeaving } from './platform/lifecycle.js';
import { createNative } from './platform/native.js';
import { mark } from './platform/patch.js';
import { createStore } from './platform/storage.js';
import { createRequestRules, createSpanRules } from './rules.js';
import { createSession } from './session/session.js';
import { createContext } from './trace/context.js';
import { createPage } from './trace/page.js';
import { createTracer } from './trace/tracer.js';
import type { Agent, Attributes, CoreConfig, InstrumentationContext, Page, Tracer } from './types.js';
import { createClock } from './util/clock.js';
import { createGuard, warn } from './util/guard.js';
import { createIds } from './util/ids.js';

/** Where a second copy of this code finds the running agent. */
const MARK = Symbol.for('rootspan');

/** Starts the agent, or returns the one that runs in this page. It never throws; on a server it does nothing. */
export const startAgent = (config: CoreConfig): Agent => {
  if (typeof window === 'undefined' || typeof document === 'undefined') return inertAgent();
  const running = (window as { [MARK]?: Agent })[MARK]; // put there by run(), of this copy or another
  if (running) {
    warn('start: the agent runs already; this call returns it and changes nothing.');
    return running;
  }
  try {
    const mistake = findMistake(config);
    if (!mistake) return run(config);
    warn(`${mistake}. The agent stays off.`);
  } catch (error) {
    // A browser without what we need, or a page that has broken it.
    if (config.debug) warn(`start: ${error}. The agent stays off.`);
  }
  return inertAgent();
};

/** The whole agent: what is made here is undone by `stop`. */
const run = (config: CoreConfig): Agent => {
  const guard = createGuard(config.debug);
  const native = createNative();
  const clock = createClock();
  const id = createIds();
  const session = createSession({
    sampleRate: 1,
    ...config,
    ...config.session,
    store: createStore(),
    clock,
    id,
  });
  const page = createPage(clock, (ms, fn) => native.after(ms, guard(fn)));
  const shared: Attributes = {};
  const output = createOutput(config, native, clock, guard);
  const tracer = createTracer({
    context: createContext(),
    clock,
    id,
    limited: output.limited,
    onEnd: output.add,
    ...createSpanRules(config, page, session.current, shared, guard),
  });
  const recordException = createErrorLog(tracer, page);
  const context: InstrumentationContext = {
    ...createRequestRules(config, guard),
    tracer,
    clock,
    page,
    id,
    recordException,
    guard,
    after: (ms, fn) => native.after(ms, guard(fn)),
    afterPaint: (fn) => native.afterPaint(guard(fn)),
  };
  const stops = (config.instrumentations ?? []).map((instrumentation) => instrumentation.start(context));
  const leave = (endPage: () => void) =>
    guard(() => {
      endPage();
      void output.flush(true);
    });
  stops.push(
    watchActivity(guard(session.touch)),
    watchLeaving(
      leave(page.hide),
      leave(() => page.end('hidden')),
    ),
  );
  const stop = guard(() => {
    page.end('stopped');
    for (const undo of stops.splice(0).reverse()) guard(undo)();
    output.stop();
  });
  const { stats, flush } = output;
  const parts = { tracer, shared, page, session: session.current, recordException, stats, flush, stop };
  const agent = createApi(parts);
  stops.push(mark(window, MARK, agent));
  return agent;
};

const createErrorLog = (tracer: Tracer, page: Page) => {
  const seen = new WeakSet<object>();
  return (error: unknown): void => {
    if (typeof error === 'object' && error) {
      if (seen.has(error)) return;
      seen.add(error);
    }
    const active = tracer.active();
    const span =
      active ?? tracer.startSpan('exception', { scope: 'errors', parent: page.current()?.context ?? null });
    span.recordException(error);
    span.setStatus({ code: 2 });
    if (!active) span.end();
  };
};
