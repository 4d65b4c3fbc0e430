import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

/** The page with the script tag loads the agent as a file of the site. */
const scriptTagFile = () => ({
  name: 'script-tag-file',
  generateBundle() {
    const source = readFileSync(new URL('../../dist/rootspan.js', import.meta.url));
    this.emitFile({ type: 'asset', fileName: 'rootspan.js', source });
  },
});

export default defineConfig({
  plugins: [scriptTagFile()],
  build: {
    // The demo shows readable stack traces, so the source maps travel with it.
    sourcemap: true,
    rolldownOptions: {
      // "use client" in react-router means nothing to a page without a server.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
