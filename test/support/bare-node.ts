import { spawnSync } from 'node:child_process';
import process from 'node:process';

/** The URL of a built entry, as a literal for a script. */
export const urlOf = (name: string): string =>
  JSON.stringify(new URL(`../../dist/${name}.js`, import.meta.url));

/** Runs a script in a new process; gives the names of the globals that it added, removed or replaced. */
export const inBareNode = (script: string): string[] => {
  const program = `
    // Descriptors: to read a global makes Node.js load what is behind it.
    const take = () => Object.getOwnPropertyDescriptors(globalThis);
    const isSame = (a, b) => Object.is(a?.value, b?.value) && a?.get === b?.get && a?.set === b?.set && !a === !b;
    const before = take();
    try { ${script} } catch (error) { console.log(JSON.stringify([String(error)])); process.exit(); }
    const after = take();
    const names = Reflect.ownKeys({ ...before, ...after });
    console.log(JSON.stringify(names.filter((name) => !isSame(before[name], after[name])).map(String)));`;
  const parameters = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: 'utf8', timeout: 20_000 });
  // What is said aloud is no silence either: the last line alone is the answer.
  const lines = [...stderr.trim().split('\n'), ...stdout.trim().split('\n')].filter(Boolean);
  return [...lines.slice(0, -1), ...JSON.parse(lines.at(-1) ?? '["no answer"]')];
};
