import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { failuresOfPlaywright, failuresOfVitest } from './failures.mjs';
import { ensureFirefox, FIREFOX_ADVICE } from './firefox.mjs';
import { ensureUblock, UBLOCK_ADVICE } from './ublock.mjs';
import { ensureWebKit, findWebKit, WEBKIT_ADVICE } from './webkit.mjs';

const FIREFOX = { ensure: ensureFirefox, advice: FIREFOX_ADVICE };
// A desktop's worth of packages: installed where one asks for the stage alone.
const WEBKIT = { ensure: (isNamed) => (isNamed ? ensureWebKit() : findWebKit()), advice: WEBKIT_ADVICE };
const UBLOCK = { ensure: () => ensureFirefox() && ensureUblock(), advice: UBLOCK_ADVICE };

/**
 * The stages of `npm test`, in order. `run(command)` starts a subprocess and gives its exit code; a stage returns
 * `{ passed, failed, skipped, failures }`. `dist`: the stage is about the built files. `browser`: it needs a Chromium.
 * `onDemand`: it takes long or needs other tools than Node.js, and runs only when it is named. `tool`: another browser,
 * to be found or installed; where there is none, the stage counts as skipped, and says so.
 */
export const STAGES = [
  { name: 'build', run: (run) => each(run, [bin('rollup', '-c')]) },
  { name: 'types', dist: true, run: (run) => each(run, typeProjects()) },
  { name: 'lint', run: (run) => each(run, [bin('@biomejs/biome', 'check', '--error-on-warnings')]) },
  { name: 'publint', dist: true, run: (run) => each(run, [bin('publint', '--strict')]) },
  { name: 'unit', run: vitest('unit') },
  { name: 'conformance', run: vitest('conformance') },
  { name: 'architecture', dist: true, run: vitest('architecture') },
  { name: 'docs', dist: true, run: vitest('docs') },
  { name: 'size', dist: true, run: vitest('size') },
  { name: 'demo', dist: true, browser: true, run: vitest('demo') },
  { name: 'browser', browser: true, run: vitest('browser') },
  { name: 'e2e', dist: true, browser: true, run: playwright('e2e') },
  { name: 'harm', dist: true, browser: true, run: playwright('harm') },
  {
    name: 'fault',
    dist: true,
    browser: true,
    run: playwright('fault', './test/fault/support/summary.ts'),
  },
  { name: 'firefox', dist: true, browser: true, tool: FIREFOX, run: playwright('firefox') },
  {
    name: 'firefox-all',
    dist: true,
    browser: true,
    tool: FIREFOX,
    onDemand: true,
    run: playwright('firefox-all'),
  },
  {
    name: 'webkit',
    dist: true,
    browser: true,
    tool: WEBKIT,
    run: playwright('webkit'),
  },
  {
    name: 'blocker',
    dist: true,
    browser: true,
    tool: UBLOCK,
    onDemand: true,
    run: playwright('blocker'),
  },
  { name: 'interop', onDemand: true, dist: true, browser: true, run: vitest('interop') },
];

/** A tool of node_modules as a command line for this very Node.js: no shell, no npx, no look-up in a registry. */
const bin = (name, ...parameters) => {
  const require = createRequire(join(process.cwd(), 'package.json'));
  const manifest = findManifest(require, name);
  const { bin: entry } = JSON.parse(readFileSync(manifest, 'utf8'));
  const script = typeof entry === 'string' ? entry : (entry[name] ?? Object.values(entry)[0]);
  return [process.execPath, join(dirname(manifest), script), ...parameters];
};

/** Some packages do not export their package.json: look where Node.js would look. */
const findManifest = (require, name) => {
  const found = require.resolve
    .paths(name)
    .map((folder) => join(folder, name, 'package.json'))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`${name} is not installed: run npm ci.`);
  return found;
};

/** Commands that either succeed or fail: each counts as one test. */
const each = async (run, commands) => {
  const failures = [];
  for (const command of commands) {
    const code = await run(command);
    if (code !== 0) failures.push({ title: command.slice(1).join(' '), message: `It ended with ${code}.` });
  }
  return { passed: commands.length - failures.length, failed: failures.length, skipped: 0, failures };
};

const typeProjects = () =>
  ['tsconfig.json', ...tsconfigsIn('src'), ...tsconfigsIn('test'), ...tsconfigsIn('demo')].map((path) =>
    bin('typescript', '--noEmit', '-p', path),
  );

const tsconfigsIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((path) => join(folder, String(path)))
    .filter((path) => /(^|[\\/])tsconfig[^\\/]*\.json$/.test(path))
    .filter((path) => !/[\\/](node_modules|dist|\.data)[\\/]/.test(path))
    .sort();

function vitest(project) {
  return async (run) => {
    const report = reportPath(project);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await run(bin('vitest', 'run', '--project', project, ...reporters));
    return settle(code, countVitest(takeJson(report)));
  };
}

function playwright(project, ...reporters) {
  return async (run) => {
    const report = reportPath(project);
    const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
    const code = await run(
      bin('playwright', 'test', '--project', project, `--reporter=${['list', 'json', ...reporters]}`),
      environment,
    );
    return settle(code, countPlaywright(takeJson(report)));
  };
}

const reportPath = (project) => join(tmpdir(), `rootspan-${process.pid}-${project}.json`);

const takeJson = (path) => {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  return report;
};

const countVitest = (report) => {
  if (!report) return undefined;
  const failures = failuresOfVitest(report);
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
};

const countPlaywright = (report) =>
  report && {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
    skipped: report.stats.skipped,
    failures: failuresOfPlaywright(report),
  };

/** The exit code has the last word: an error outside any test, or no test at all, is a failure too. */
const settle = (code, counts = { passed: 0, failed: 0, skipped: 0, failures: [] }) => {
  const isSilentFailure = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  return isSilentFailure ? { ...counts, failed: 1 } : counts;
};
