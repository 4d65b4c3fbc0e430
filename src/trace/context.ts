import type { ContextManager, Span } from '../types.js';

/** Microtasks for which a resumed span is active. Each `await` of the page takes one to three. */
const MAX_HOPS = 100;

/** What says that a span is active, or that none is. */
export interface Scope {
  span: Span | undefined;
}

/** As in the AsyncContext proposal (TC39): what `run` sets holds over `await`, timers and callbacks. */
export interface AsyncVariable {
  get(): Scope | undefined;
  run<T>(scope: Scope, fn: () => T): T;
}

/** A span that a promise or an event has brought back. */
interface Resumed extends Scope {
  /** Unset: by a promise. */
  event: WeakRef<Event> | undefined;
  hops: number;
}

/**
 * The active span: a call stack, and below it what has been resumed. That ends with the microtasks of the present task,
 * or with the dispatch of an event, so that it never leaks into a timer or an event that has nothing to do with it.
 * Where the browser has AsyncContext, or a variable is given, that takes the place of the stack.
 */
export const createContext = (given?: AsyncVariable): Required<Omit<ContextManager, 'start'>> => {
  const { AsyncContext } = globalThis as { AsyncContext?: { Variable: new () => AsyncVariable } };
  const variable =
    given ?? (typeof AsyncContext?.Variable === 'function' ? new AsyncContext.Variable() : undefined);
  let stack: Scope | undefined;
  let resumed: Resumed[] = [];
  const targets = new WeakMap<object, Span>();

  const active = () => {
    const top = variable?.get() ?? stack ?? resumed.filter(isAlive).pop();
    return top ? top.span : targets.get(dispatching());
  };
  const run: ContextManager['with'] = (span, fn) => {
    if (variable) return variable.run({ span }, fn);
    const before = stack;
    stack = { span };
    try {
      return fn();
    } finally {
      stack = before;
    }
  };
  return {
    active,
    with: run,
    bind: (fn) => {
      const span = active();
      // the same function, with a span around its calls
      return ((...args: never[]) => run(span, () => fn(...args))) as typeof fn;
    },
    resume: (span, event) => {
      resumed = resumed.filter(isAlive);
      // Two chains go on in one turn: nobody can tell whose code comes next, and no parent is better than a wrong one.
      const isMixed = !event && resumed.some((other) => !other.event && other.span !== span);
      if (!isMixed && !span) return;
      // The event's target is an element, which must not be kept.
      const entry = { span: isMixed ? undefined : span, event: event && new WeakRef(event), hops: 0 };
      resumed.push(entry);
      if (!event) void count(entry);
    },
    resumeIn: (span, target) => {
      if (span) targets.set(target, span);
    },
  };
};

/** An event has no phase any more when its last listener has run. */
const isAlive = ({ event, hops }: Resumed): boolean =>
  event ? !!event.deref()?.eventPhase : hops < MAX_HOPS;

/**
 * Ends before the next task, as all microtasks do. They are counted by the language's own `await`, which no patch of
 * the page's `Promise` sees.
 */
const count = async (entry: Resumed): Promise<void> => {
  while (entry.hops++ < MAX_HOPS) await undefined;
};

/** Whose event the browser hands out now (DOM, "current event"), with the microtasks that its listeners leave. */
const dispatching = (): object => (globalThis.event as Event | undefined)?.target ?? {};
