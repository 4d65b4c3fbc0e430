import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** An application in a folder of its own, with the package as a user gets it from `npm install`. */
export interface PackedApplication {
  readonly folder: string;
  /** What the bundler has built. */
  readonly output: string;
  /** The names of the files in the package. */
  readonly files: string[];
  remove(): Promise<void>;
}

/** Packs the package, installs it beside `test/e2e/spa`, and bundles that. */
export const buildPacked = async (): Promise<PackedApplication> => {
  const folder = await mkdtemp(join(tmpdir(), 'rootspan-packed-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT,
  });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'rootspan'), { recursive: true });
  await run('tar', ['-xzf', filename, '-C', join(modules, 'rootspan'), '--strip-components=1'], {
    cwd: folder,
  });
  // The one dependency, as installed here: nothing is fetched.
  const vitals = dirname(dirname(fileURLToPath(import.meta.resolve('web-vitals'))));
  await symlink(vitals, join(modules, 'web-vitals'), 'junction');
  await cp(join(ROOT, 'test/e2e/spa'), folder, { recursive: true });
  const output = join(folder, 'output');
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: output,
      rolldownOptions: { input: ['index.html', 'core.html'].map((name) => join(folder, name)) },
    },
  });
  return {
    folder,
    output,
    files: files.map(({ path }) => path).sort(),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
