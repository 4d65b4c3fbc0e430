import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

// The public entries are those that package.json names: `./dist/core.js` is built from `src/core.ts`.
const entries = Object.values(manifest.exports)
  .map((target) => /^\.\/dist\/(.+)\.js$/.exec(target.default ?? '')?.[1])
  .filter(Boolean);

/** `__VERSION__` in the code becomes package.json's version; vitest.config.ts does the same. */
const version = {
  name: 'version',
  transform: (code) => ({
    code: code.replace(/\b__VERSION__\b/g, JSON.stringify(manifest.version)),
    map: null,
  }),
};

const hashes = {};

/** For `<script integrity>` and policies: the hashes of the very bytes that were written. */
const sri = {
  name: 'sri',
  writeBundle({ file }) {
    const hash = createHash('sha384').update(readFileSync(file)).digest('base64');
    hashes[basename(file)] = `sha384-${hash}`;
    written.add('sri.json');
    writeFileSync('dist/sri.json', `${JSON.stringify(hashes, null, 2)}\n`);
  },
};

const compile = (options) =>
  typescript({ tsconfig: './tsconfig.json', noEmit: false, noEmitOnError: true, ...options });

/** A warning of rollup (a cycle, an unresolved import) is a mistake here, not a remark. */
const onwarn = ({ message }) => {
  throw new Error(message);
};

/** One word for declarations, so that they can be joined; of the same length, so that the source map stays true. */
const declareByLet = {
  name: 'declare-by-let',
  renderChunk: (code) => ({ code: code.replace(/\bconst (?=[\w$[{])/g, 'let   '), map: null }),
};

/** Where each byte counts: three letters for five, two signs for three, and no end of line. */
const shorten = {
  name: 'shorten',
  renderChunk: (code) => code.replace(/\bconst\b/g, 'let').replace(/([!=]=)=/g, '$1'),
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) chunk.code = chunk.code.trim();
  },
};

/** The terms under which a package may be handed on. */
const license = (name) => `/*! ${name}\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim()}\n*/`;

const written = new Set();

/** Notes what a build has written. */
const note = {
  name: 'note',
  writeBundle: (_, bundle) => Object.keys(bundle).forEach((file) => void written.add(file)),
};

/** Removes files of earlier builds at the end, so that `dist/` is never without its files while something reads it. */
const sweep = {
  name: 'sweep',
  writeBundle() {
    for (const file of readdirSync('dist', { recursive: true })) {
      const path = join('dist', file);
      if (statSync(path).isFile() && !written.has(file.split(sep).join('/'))) rmSync(path);
    }
  },
};

export default [
  {
    input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
    external: /^web-vitals/,
    onwarn,
    plugins: [
      compile({
        declaration: true,
        declarationDir: 'dist',
        outDir: 'dist',
        exclude: ['**/browser.ts', 'src/full.ts', 'src/early.ts'],
      }),
      version,
      note,
    ],
    // One file for each module: bundlers then drop what an application does not import, module by module.
    output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src', sourcemap: true },
  },
  ...Object.entries({ 'rootspan.js': 'browser', 'rootspan-full.js': 'full' }).map(([file, entry]) => ({
    input: `src/${entry}.ts`,
    onwarn,
    plugins: [
      // The first build has checked the types of the whole of src.
      compile({ noCheck: true }),
      version,
      resolve({ browser: true }),
      declareByLet,
      terser({ ecma: 2020, toplevel: true, compress: { passes: 3 }, format: { comments: false } }),
      sri,
      note,
    ],
    output: { file: `dist/${file}`, format: 'iife', sourcemap: true },
  })),
  {
    input: 'src/early.ts',
    onwarn,
    plugins: [
      compile({ noCheck: true, sourceMap: false }),
      terser({
        ecma: 2020,
        toplevel: true,
        compress: { passes: 3, sequences: false, unsafe_methods: true },
        // Said once where the variable has the name of the property.
        mangle: { reserved: ['keepalive', 'referrer', 'referrerPolicy'] },
        format: { comments: false },
      }),
      shorten,
      sri,
      note,
    ],
    // One statement that is a block: it needs no function around it.
    output: { file: 'dist/early.js', format: 'es', strict: false },
  },
  {
    // A command for Node.js: what it uses is inside, as the package depends on nothing but web-vitals.
    input: 'src/doctor/main.ts',
    external: /^node:/,
    onwarn,
    plugins: [
      typescript({ tsconfig: './src/doctor/tsconfig.json', noEmit: false, noEmitOnError: true }),
      resolve({ preferBuiltins: true }),
      terser({ ecma: 2020, format: { comments: /^!/ } }),
      note,
      sweep,
    ],
    output: {
      file: 'dist/doctor.js',
      format: 'es',
      banner: () =>
        `#!/usr/bin/env node\n${['parse5', 'entities', 'content-security-policy-parser'].map(license).join('\n')}`,
    },
  },
];
