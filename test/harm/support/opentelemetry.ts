import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const INPUT = fileURLToPath(new URL('../worlds/opentelemetry.js', import.meta.url));

/** The OpenTelemetry web SDK with its instrumentations, as one classic script. */
export const buildOpenTelemetry = async (hasZone: boolean): Promise<string> => {
  const [built] = [
    await build({
      configFile: false,
      logLevel: 'error',
      define: { ZONE: `${hasZone}` },
      build: {
        write: false,
        rolldownOptions: { input: INPUT, output: { format: 'iife' } },
      },
    }),
  ].flat();
  if (!built || !('output' in built)) throw new Error('nothing was built');
  return built.output[0].code;
};
