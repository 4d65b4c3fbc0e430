import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Built files by name. */
export type Files = Record<string, string>;

const BUILDS = [
  ['plain', 'es2015', 'plain.js'],
  ['plain', 'es2022', 'native.js'],
  ['angular', 'es2015', 'angular.js'],
] as const;

/** Bundles the pages of `test/e2e/zone` as Angular does for zone.js, with `await` compiled down, and one without. */
export const buildZonePages = async (): Promise<Files> => {
  const folder = await mkdtemp(join(tmpdir(), 'rootspan-zone-'));
  try {
    // Each by itself: one has zone.js in it.
    for (const [name, target, output] of BUILDS) {
      await build({
        configFile: false,
        logLevel: 'error',
        define: { ngDevMode: 'false' },
        build: {
          target,
          outDir: folder,
          emptyOutDir: false,
          rolldownOptions: {
            input: fileURLToPath(new URL(`../zone/${name}.ts`, import.meta.url)),
            output: { entryFileNames: output },
          },
        },
      });
    }
    const names = await readdir(folder);
    const read = async (name: string) => [name, await readFile(join(folder, name), 'utf8')] as const;
    return Object.fromEntries(await Promise.all(names.map(read)));
  } finally {
    await rm(folder, { recursive: true });
  }
};
