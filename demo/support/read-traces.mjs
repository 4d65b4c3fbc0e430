import { expect, vi } from 'vitest';

export const parentOf = (spans, span) => spans.find(({ spanId }) => spanId === span.parentSpanId);

export const ancestorsOf = (spans, span) => {
  const parent = parentOf(spans, span);
  return parent ? [parent, ...ancestorsOf(spans, parent)] : [];
};

/** Asks the collector of a running demo. */
export const createReader = (demo) => {
  const viewer = demo.address('Viewer');
  const read = async (path) => (await fetch(`${viewer}/api/${path}`)).json();

  /** The spans of a trace, as soon as those with these names have arrived: the visitors have only just left. */
  const spansOf = (label, ...names) =>
    vi.waitFor(
      async () => {
        const { spans } = await read(`traces/${demo.traceId(label)}`);
        expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
        return spans;
      },
      { timeout: 30_000, interval: 100 },
    );

  /** All spans and log records of the session that a trace belongs to, as soon as spans of these names are among them. */
  const visitOf = (label, ...names) =>
    vi.waitFor(
      async () => {
        const { spans } = await read(`traces/${demo.traceId(label)}`);
        const sessionId = spans.map(({ attributes }) => attributes['session.id']).find(Boolean);
        const session = await read(`sessions/${sessionId}`);
        const traces = await Promise.all(session.traces.map(({ traceId }) => read(`traces/${traceId}`)));
        const visit = {
          session,
          spans: traces.flatMap(({ spans }) => spans),
          logs: traces.flatMap(({ logs }) => logs),
        };
        expect(visit.spans.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
        return visit;
      },
      { timeout: 30_000, interval: 100 },
    );

  return { read, spansOf, visitOf };
};
