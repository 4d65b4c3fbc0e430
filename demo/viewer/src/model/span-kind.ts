const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

/** `client`, whether the kind came as a number, as `CLIENT` or as `SPAN_KIND_CLIENT`. */
export const kindText = (kind: string | number): string => {
  const name = typeof kind === 'number' ? (KINDS[kind] ?? 'UNSPECIFIED') : kind;
  return name.replace(/^SPAN_KIND_/i, '').toLowerCase();
};
