#!/usr/bin/env node
// Plain JavaScript for every Node there is: it has to run far enough to say that the Node is too old.
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const needed = 26;
const version = process.versions.node;

if (Number.parseInt(version, 10) < needed) {
  process.stderr.write(
    `Anteroom needs Node ${needed} or later, and this is Node ${version}: after \`npm ci\`, run \`npm start\` or \`npm run anteroom\`, which bring their own.\n`,
  );
  process.exitCode = 1;
} else {
  // Compiled modules are kept for the next start, which is then twice as fast; `npm ci` makes the first ones (scripts/warm.ts).
  const kept = new URL('../dist/compiled', import.meta.url);
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? fileURLToPath(kept));
  const { main } = await import('../src/main.ts');
  await main(process.argv.slice(2));
}
