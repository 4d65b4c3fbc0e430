import { vi } from 'vitest';

export const parentOf = (spans, span) => spans.find(({ spanId }) => spanId === span.parentSpanId);

export const ancestorsOf = (spans, span) => {
  const parent = parentOf(spans, span);
  return parent ? [parent, ...ancestorsOf(spans, parent)] : [];
};

/** Asks until `check` does not throw: the visitors have only just left, and their spans come in any order. */
export const until = (ask, check) =>
  vi.waitFor(async () => check(await ask()), { timeout: 30_000, interval: 100 });

/** Asks the collector of a running demo. */
export const createReader = (demo) => {
  const viewer = demo.address('Viewer');
  const read = async (path) => (await fetch(`${viewer}/api/${path}`)).json();

  const spansOf = async (label) => (await read(`traces/${demo.traceId(label)}`)).spans;

  const visitOf = async (label) => {
    const spans = await spansOf(label);
    const sessionId = spans.map(({ attributes }) => attributes['session.id']).find(Boolean);
    const session = await read(`sessions/${sessionId}`);
    const traces = await Promise.all(session.traces.map(({ traceId }) => read(`traces/${traceId}`)));
    return { spans: traces.flatMap(({ spans }) => spans), logs: traces.flatMap(({ logs }) => logs) };
  };

  return {
    read,
    /** Waits for an answer that `check` holds of. */
    expectAnswer: (path, check) => until(() => read(path), check),
    /** Waits for the spans of a trace. */
    expectSpans: (label, check) => until(() => spansOf(label), check),
    /** Waits for all spans and log records of the session that a trace belongs to. */
    expectVisit: (label, check) => until(() => visitOf(label), check),
  };
};
