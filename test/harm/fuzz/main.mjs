// `npm run fuzz -- --seeds 20000 --from 1`: so many random sequences, on the `dist/` that is there.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../../support/chromium.mjs';

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '20000' }, from: { type: 'string', default: '1' } },
});
const root = fileURLToPath(new URL('../../..', import.meta.url));
const command = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
const child = spawn(
  process.execPath,
  [command, 'test', '--project=harm', 'fuzz/fuzz.spec.ts', '-g', 'random sequences', '--workers=1'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ROOTSPAN_CHROMIUM: await ensureChromium(),
      ROOTSPAN_FUZZ: `${values.from}+${values.seeds}`,
    },
  },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
