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

  return { read, spansOf };
};
