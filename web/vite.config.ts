import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed.ts';
import { earlyScript } from './build/early-script.ts';
import { fieldIds } from './build/field-ids.ts';
import { palette } from './build/palette.ts';
import { scalarStyles } from './build/scalar-styles.ts';
import { sharedRules } from './build/shared-rules.ts';

const small =
  /preload-helper|node_modules.clsx|web.src.(app.mark\.svg|api.(paths|first-answers)|language.preferred)/;

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react(), sharedRules(), scalarStyles(), fieldIds(), earlyScript(), compressed()],
  // The server puts the nonce of each answer in its place.
  html: { cspNonce: '__CSP_NONCE__' },
  css: { postcss: { plugins: [palette] } },
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
      // What is shared by several pages and is small comes in one file.
      output: {
        codeSplitting: { groups: [{ name: 'shared', test: small }], includeDependenciesRecursively: false },
      },
      input: ['index.html', 'docs.html', 'src/early.ts'].map((page) => resolve(import.meta.dirname, page)),
    },
    // The reference is as large as it is; the application is measured by its own test.
    chunkSizeWarningLimit: 2_000,
  },
});
