import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { scalarStyles } from './build/scalar-styles.ts';
import { sharedRules } from './build/shared-rules.ts';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react(), sharedRules(), scalarStyles(), compressed()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: resolve(import.meta.dirname, '../dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    // From where light-dark() is known: written in other words, it loses its meaning in custom properties.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // A data: URL of a script or font would need a weaker Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: ['index.html', 'docs.html'].map((page) => resolve(import.meta.dirname, page)),
    },
    // The reference is as large as it is; the application is measured by its own test.
    chunkSizeWarningLimit: 2_000,
  },
});
