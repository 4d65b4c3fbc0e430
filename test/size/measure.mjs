import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What an application imports, by the name in the tables. `extra` is told as the difference to `core start`. */
const IMPORTS = {
  'rootspan/core start': `import { start } from 'rootspan/core'; start({});`,
  'rootspan/core start + traceFetch + traceXhr': `import { start, traceFetch, traceXhr } from 'rootspan/core';
    start({ instrumentations: [traceFetch(), traceXhr()] });`,
  'rootspan/core start + zoneContext': `import { start } from 'rootspan/core';
    import { zoneContext } from 'rootspan/zone'; start({ context: zoneContext() });`,
  'rootspan/vitals-attribution start': `import { start } from 'rootspan/vitals-attribution'; start({});`,
  'rootspan start': `import { start } from 'rootspan'; start({});`,
};

/** gzip -9, as the budgets are told. */
const gzipSize = (code) => gzipSync(code, { level: 9 }).length;

/**
 * Bytes of gzip: of the script, of what an application gets that imports from the packed npm package, and of each
 * further export of `rootspan/core` as the difference that it makes to `start` alone.
 */
export const measure = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rootspan-size-'));
  try {
    installPacked(folder);
    const files = ['dist/rootspan.js', 'dist/rootspan-full.js', 'dist/early.js'];
    const sizes = Object.fromEntries(files.map((file) => [file, gzipSize(readFileSync(join(ROOT, file)))]));
    for (const [name, code] of Object.entries(IMPORTS)) sizes[name] = await bundledSize(folder, code);
    return { sizes, extras: await measureExtras(folder, sizes['rootspan/core start']) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The tarball that npm would publish, unpacked where an application would have it. */
const installPacked = (folder) => {
  const target = join(folder, 'node_modules/rootspan');
  mkdirSync(target, { recursive: true });
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const tarball = execFileSync('npm', pack, { cwd: ROOT, encoding: 'utf8' }).trim().split('\n').at(-1);
  execFileSync('tar', ['-xzf', join(folder, tarball), '-C', target, '--strip-components=1']);
};

/** Bundled as most applications are: rollup, terser with modules' defaults and two passes, no property mangling. */
const bundledSize = async (folder, code) => {
  const entry = {
    name: 'entry',
    resolveId: (id) => (id === 'entry' ? join(folder, 'entry.js') : null),
    load: (id) => (id === join(folder, 'entry.js') ? code : null),
  };
  const dependencies = resolve({ browser: true, modulePaths: [join(ROOT, 'node_modules')] });
  const bundle = await rollup({ input: 'entry', plugins: [entry, dependencies], onwarn: refuse });
  const minify = terser({ ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } });
  const { output } = await bundle.generate({ format: 'es', plugins: [minify] });
  return gzipSize(output[0].code);
};

const refuse = ({ message }) => {
  throw new Error(message);
};

const measureExtras = async (folder, start) => {
  const { exports } = await rollup({
    input: join(folder, 'node_modules/rootspan/dist/core.js'),
    external: /^web-vitals/,
    onwarn: refuse,
  }).then((bundle) => bundle.generate({ format: 'es' }).then(({ output }) => output[0]));
  const names = exports.filter((name) => name !== 'start');
  // In this order, whichever is done first.
  const extras = Object.fromEntries(names.map((name) => [name, Number.NaN]));
  const work = async () => {
    for (let name = names.shift(); name; name = names.shift()) {
      const code = `import { start, ${name} } from 'rootspan/core'; start({}); globalThis.extra = ${name};`;
      extras[name] = (await bundledSize(folder, code)) - start;
    }
  };
  // Two at a time: terser has a thread of its own for each.
  await Promise.all([work(), work()]);
  return extras;
};
