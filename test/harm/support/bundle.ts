import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A module of `worlds/` with the packages that it imports, as one classic script. */
export const bundleWorld = async (name: string, define: Record<string, string> = {}): Promise<string> => {
  const [built] = [
    await build({
      configFile: false,
      logLevel: 'error',
      define,
      build: {
        write: false,
        rolldownOptions: {
          input: fileURLToPath(new URL(`../worlds/${name}.js`, import.meta.url)),
          output: { format: 'iife', codeSplitting: false },
        },
      },
    }),
  ].flat();
  if (!built || !('output' in built)) throw new Error('nothing was built');
  return built.output[0].code;
};
