import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      // `"use client"` is for React servers; a bundle for the browser drops it, and need not say so for each file.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  server: {
    proxy: { '/api': process.env.ROOTSPAN_COLLECTOR ?? 'http://127.0.0.1:4318' },
  },
});
