/** Where two JSON values differ, one line each: `value.rejected.message: "a" became "b"`. */
export const differences = (before: unknown, after: unknown, path = ''): string[] => {
  if (Object.is(before, after)) return [];
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [`${path || 'all'}: ${show(before)} became ${show(after)}`];
  }
  if (isTextList(before) && isTextList(after)) return textDifferences(before, after, path);
  if (Array.isArray(before) && before.length !== (after as unknown as unknown[]).length) {
    return [`${path || 'list'}: ${show(before)} became ${show(after)}`];
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differences(before[key], after[key], path ? `${path}.${key}` : key));
};

/** What went and what came; where the texts are the same, their order. */
const textDifferences = (before: string[], after: string[], path: string): string[] => {
  const lost = without(before, after);
  const found = without(after, before);
  if (lost.length || found.length) return [`${path}: without ${show(lost)}, with ${show(found)}`];
  return before.join('\n') === after.join('\n') ? [] : [`${path}: in another order: ${show(after)}`];
};

const without = (list: string[], taken: string[]): string[] => {
  const rest = [...taken];
  return list.filter((text) => {
    const at = rest.indexOf(text);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
};

const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const show = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 700 ? `${text.slice(0, 700)}…` : text;
};
