import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

/** The npm build of an entry in one script, for pages that use what the script tag does not have: `library.start(…)`. */
export const buildLibrary = async (entry: 'index' | 'core' | 'vitals-attribution'): Promise<string> => {
  const input = fileURLToPath(new URL(`../../../dist/${entry}.js`, import.meta.url));
  const bundle = await rollup({ input, plugins: [resolve({ browser: true })] });
  const { output } = await bundle.generate({ format: 'iife', name: 'library' });
  return output[0].code;
};
