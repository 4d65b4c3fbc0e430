import { readFileSync } from 'node:fs';
import { importsOf, modules } from './source-tree.js';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** These act when loaded: it is what they are for. */
export const ACTING = ['browser.ts', 'full.ts', 'early.ts'];

/** What each layer may import besides its own files. */
export const LAYERS: Record<string, { below: string[] }> = {
  types: { below: [] },
  util: { below: ['types'] },
  platform: { below: ['types', 'util'] },
  trace: { below: ['types', 'util'] },
  propagate: { below: ['types', 'util'] },
  session: { below: ['types', 'util', 'platform'] },
  export: { below: ['types', 'util', 'platform'] },
  // An instrumentation knows no other: what two of them share has a file of its own (see `mayImport`).
  instrument: { below: ['types', 'util', 'platform'] },
  agent: { below: ['types', 'util', 'platform', 'trace', 'propagate', 'session', 'export'] },
  entry: {
    below: ['types', 'util', 'platform', 'trace', 'propagate', 'session', 'export', 'instrument', 'agent'],
  },
};

/**
 * Entries are what package.json exports, those that act, and what they share; what else lies directly in `src` composes
 * the agent.
 */
const ENTRIES = [...exportedNames().map((name) => `${name}.ts`), ...ACTING, 'default-set.ts'];

/** `core` for `./dist/core.js`. */
export function exportedNames(): string[] {
  const paths = Object.values<{ default?: string }>(manifest.exports).map((target) => target.default ?? '');
  return paths.flatMap((path) => /^\.\/dist\/(.+)\.js$/.exec(path)?.[1] ?? []);
}

/** The row of the table of layers that a module belongs to. */
export const layerOf = (path: string): string => {
  const [folder = '', file] = path.split('/');
  if (file) return folder;
  if (path === 'types.ts') return 'types';
  return ENTRIES.includes(path) ? 'entry' : 'agent';
};

/** Every import in `src`. */
export const allImports = modules.flatMap(importsOf);

/** Whether the table of layers allows the import. */
export const mayImport = (from: string, target: string): boolean => {
  const layer = layerOf(from);
  if (layerOf(target) !== layer) return LAYERS[layer]?.below.includes(layerOf(target)) ?? false;
  return layer !== 'instrument' || !isInstrumentation(target);
};

/** What an entry hands out is an instrumentation; the other files of the folder are what they share. */
const isInstrumentation = (path: string): boolean =>
  allImports.some(({ from, target }) => target === path && layerOf(from) === 'entry');

const targets = new Map(
  modules.map(({ path }) => [
    path,
    allImports.filter(({ from }) => from === path).map(({ target }) => target),
  ]),
);

/** The first way from a module back to itself, as `a > b > a`. */
export const findCycle = (start: string, trail: string[]): string | undefined => {
  for (const target of targets.get(trail.at(-1) ?? '') ?? []) {
    if (target === start) return [...trail, start].join(' > ');
    if (!target || trail.includes(target)) continue;
    const found = findCycle(start, [...trail, target]);
    if (found) return found;
  }
  return undefined;
};
