import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';
import { documents, examplesOf, ROOT } from './support/documents.js';

// That they also work is shown in a browser, by test/e2e/readme.spec.ts.

const examples = documents.flatMap(examplesOf);
const written = examples.filter(({ language }) => language === 'ts');

/** A file that exists for the compiler alone; in the package's folder, so that `rootspan` is found as users find it. */
const pathOf = (index: number) => join(ROOT, `example-${index}.ts`);

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noEmit: true,
};

let program: ts.Program;

beforeAll(() => {
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, fileExists, getSourceFile } = host;
  const texts = new Map(written.map(({ code }, index) => [pathOf(index), code]));
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, version) => {
    const text = texts.get(path);
    return text === undefined ? getSourceFile(path, version) : ts.createSourceFile(path, text, version, true);
  };
  program = ts.createProgram([...texts.keys()], OPTIONS, host);
});

test('the examples are about the built types', () => {
  const names = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(names).toEqual(
    expect.arrayContaining([join(ROOT, 'dist/index.d.ts'), join(ROOT, 'dist/core.d.ts')]),
  );
});

test.for(written.map(({ place }, index) => ({ place, index })))(
  'the example at $place compiles',
  ({ index }) => {
    const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(pathOf(index)));
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))).toEqual([]);
  },
);

test('examples are in a language that is checked, or are text', () => {
  const unchecked = examples.filter(({ language }) => !['ts', 'html', 'sh', 'yaml', ''].includes(language));
  expect(unchecked.map(({ place, language }) => `${place} ${language}`)).toEqual([]);
});

const SCRIPT = /\bnpm run ([\w:-]+)/g;

test('npm scripts that the documents name are there', async () => {
  const { scripts } = JSON.parse(ts.sys.readFile(join(ROOT, 'package.json')) ?? '{}');
  const named = documents.flatMap(({ text }) => [...text.matchAll(SCRIPT)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
