// `npm test`: sets a fresh machine up, runs all stages (or those named: `npm test -- unit e2e`) and counts.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from './support/chromium.mjs';
import { checkNode, installDependencies } from './support/prepare.mjs';
import { STAGES } from './support/stages.mjs';

/** Far above what a stage takes: a hanging one must not hang the whole run. */
const STAGE_LIMIT_MS = 45 * 60_000;

const main = async () => {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  const names = process.argv.slice(2);
  const stages = select(names);
  checkNode();
  installDependencies();
  if (stages.some((stage) => stage.browser)) process.env.ROOTSPAN_CHROMIUM = await ensureChromium();

  const results = [];
  for (const stage of stages) results.push(await runStage(stage, names.includes(stage.name)));
  summarize(results);
};

/** All stages, or those named; the build is added when they are about a `dist/` that is not there. */
const select = (names) => {
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown) {
    throw new Error(`There is no stage "${unknown}". Stages: ${STAGES.map(({ name }) => name).join(', ')}.`);
  }
  const chosen = STAGES.filter(({ name, onDemand }) =>
    names.length === 0 ? !onDemand : names.includes(name),
  );
  const lacksBuild = chosen.some(({ dist }) => dist) && !existsSync('dist/rootspan.js');
  return STAGES.filter((stage) => chosen.includes(stage) || (lacksBuild && stage.name === 'build'));
};

const runStage = async (stage, isNamed) => {
  console.log(`\n=== ${stage.name}`);
  const begin = Date.now();
  if (stage.tool && !stage.tool.ensure(isNamed)) {
    console.log(stage.tool.advice);
    return {
      ...{ name: stage.name, seconds: 0, passed: 0, failed: 0, skipped: 1, failures: [] },
      lack: stage.tool.advice,
    };
  }
  const counts = await stage.run(runCommand).catch((error) => {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0, failures: [{ title: 'the stage', message: error.message }] };
  });
  return { name: stage.name, seconds: (Date.now() - begin) / 1000, ...counts };
};

/** Runs one command with its output shown; resolves with the exit code. */
const runCommand = ([command, ...parameters], environment = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
      timeout: STAGE_LIMIT_MS,
    });
    const forward = () => child.kill('SIGTERM');
    process.once('SIGTERM', forward);
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });

const summarize = (results) => {
  for (const { name, failures } of results) {
    for (const { title, message } of failures) console.log(`\n✗ ${name}: ${title}\n${message}`);
  }
  for (const { name, lack } of results) if (lack) console.log(`\n- ${name} was skipped: ${lack}`);
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${'stage'.padEnd(14)}${['passed', 'failed', 'skipped', 'seconds'].map(column).join('')}`);
  for (const { name, passed, failed, skipped, seconds } of results) {
    console.log(`${name.padEnd(14)}${[passed, failed, skipped, seconds.toFixed(1)].map(column).join('')}`);
  }
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
};

const column = (value) => String(value).padStart(9);

await main().catch((error) => {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
