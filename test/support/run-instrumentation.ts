import { onTestFinished } from 'vitest';
import { startAgent } from '../../src/agent.js';
import { w3c } from '../../src/propagate/w3c.js';
import type {
  Agent,
  CoreConfig,
  Guard,
  Instrumentation,
  InstrumentationContext,
  SpanRecord,
  Stop,
} from '../../src/types.js';

export interface RunOptions {
  /** The agent's configuration: `{ sampleRate: 0 }`, `{ routeName }`, `{ propagateTo }` … */
  config?: CoreConfig;
  /** Parts of the context that the test wants otherwise. */
  context?: Partial<InstrumentationContext>;
}

/** A running instrumentation and what it has recorded. */
export interface Run {
  readonly agent: Agent;
  /** The context that the instrumentation was given. */
  readonly context: InstrumentationContext;
  /** Ended spans, oldest first. Nothing is sent. */
  readonly spans: SpanRecord[];
  /** The next ended span that was not yet handed out, now or within `timeout` milliseconds (default 15,000). */
  nextSpan(predicate?: (span: SpanRecord) => boolean, timeout?: number): Promise<SpanRecord>;
  /** What guarded code has thrown. The test fails at its end if this is not empty. */
  readonly faults: unknown[];
  readonly stop: Stop;
}

/** Starts the agent with one instrumentation, or several, and stops it when the test has finished. */
export const runInstrumentation = (
  instrumentation: Instrumentation | Instrumentation[],
  options: RunOptions = {},
): Run => {
  const faults: unknown[] = [];
  const contexts: InstrumentationContext[] = [];
  const { spans, push, next } = createQueue();
  const watched = [instrumentation].flat().map(({ name, start }) => ({
    name,
    start: (given: InstrumentationContext) => {
      const context = { ...given, guard: watchGuard(given.guard, faults), ...options.context };
      contexts.push(context);
      return start(context);
    },
  }));
  // A session of an earlier test would bring its sampling decision along, a page view a link.
  localStorage.removeItem('rootspan.session');
  sessionStorage.removeItem('rootspan-page-view');
  sessionStorage.removeItem('rootspan-server-traces');
  const agent = startAgent({
    propagators: [w3c],
    ...options.config,
    processors: [...(options.config?.processors ?? []), push],
    instrumentations: watched,
  });
  const [context] = contexts;
  if (!context) throw new Error('The agent did not start: see the warning on the console.');
  onTestFinished(() => {
    agent.stop();
    if (faults.length) throw faults[0];
  });
  return { agent, context, spans, nextSpan: next, faults, stop: agent.stop };
};

/** The agent's own guard, which is silent, with the faults kept for the test. */
const watchGuard =
  (guard: Guard, faults: unknown[]): Guard =>
  (fn) =>
    guard((...args) => {
      try {
        return fn(...args);
      } catch (error) {
        faults.push(error);
        throw error;
      }
    });

interface Waiting {
  predicate: (span: SpanRecord) => boolean;
  resolve: (span: SpanRecord) => void;
}

/** Ended spans in order, each handed out by `next` once. */
const createQueue = () => {
  const spans: SpanRecord[] = [];
  const fresh: SpanRecord[] = [];
  const waiting = new Set<Waiting>();

  /** A processor that keeps every span, so that nothing is left to send. */
  const push = (span: SpanRecord): undefined => {
    spans.push(span);
    const taker = [...waiting].find(({ predicate }) => predicate(span));
    if (!taker) fresh.push(span);
    else {
      waiting.delete(taker);
      taker.resolve(span);
    }
  };

  const next = (predicate: Waiting['predicate'] = () => true, timeout = 15_000): Promise<SpanRecord> => {
    const index = fresh.findIndex(predicate);
    if (index >= 0) return Promise.resolve(fresh.splice(index, 1)[0] as SpanRecord); // found at this index
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(entry);
        reject(
          new Error(`no such span in ${timeout} ms; ended: ${spans.map(({ name }) => name).join(', ')}`),
        );
      }, timeout);
      const entry: Waiting = {
        predicate,
        resolve: (span) => {
          clearTimeout(timer);
          resolve(span);
        },
      };
      waiting.add(entry);
    });
  };

  return { spans, push, next };
};
