const TARGETS = `
  SELECT trace_id, span_id, name FROM spans WHERE span_id IN (SELECT unnest(string_split($ids, ',')))`;

const SOURCES = `
  SELECT trace_id, span_id, name, links FROM spans
  WHERE contains(links::VARCHAR, $traceId) ORDER BY start_ns`;

const keyOf = ({ traceId, spanId }) => `${traceId}-${spanId}`;

/** The names of the spans that links lead to, by trace and span id; those that are not stored have none. */
export const readNames = async (read, links) => {
  if (links.length === 0) return () => null;
  const rows = await read(TARGETS, { ids: links.map(({ spanId }) => spanId).join(',') });
  const names = new Map(rows.map((row) => [keyOf({ traceId: row.trace_id, spanId: row.span_id }), row.name]));
  return (link) => names.get(keyOf(link)) ?? null;
};

/** Links the other way round: the spans that are linked to one of this trace, by the id of that one. */
export const readSources = async (read, traceId) => {
  const sources = new Map();
  for (const row of await read(SOURCES, { traceId })) {
    for (const link of JSON.parse(row.links)) {
      if (link.traceId !== traceId) continue;
      const source = {
        traceId: row.trace_id,
        spanId: row.span_id,
        name: row.name,
        attributes: link.attributes,
      };
      sources.set(link.spanId, [...(sources.get(link.spanId) ?? []), source]);
    }
  }
  return sources;
};
