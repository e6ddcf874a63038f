/** The page of the dependencies says what package.json asks for and what is installed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
const [, production = '', development = ''] = page.split(/^## .*$/m);

/** Packages and their licences, from the rows of a table. */
function rowsOf(text: string): Map<string, string> {
  const rows = [...text.matchAll(/^\| (`.+`) \| .+ \| (.+) \|$/gm)];
  return new Map(
    rows.flatMap(([, names, licence]) =>
      [...names!.matchAll(/`([^`]+)`/g)].map(([, name]): [string, string] => [name!, licence!]),
    ),
  );
}

for (const [text, packages] of [
  [production, manifest.dependencies],
  [development, manifest.devDependencies],
] as const) {
  const names = Object.keys(packages);

  test(`lists ${names[0]} and all others of its kind, with the licences that they have`, () => {
    const rows = rowsOf(text);
    assert.deepEqual([...rows.keys()].sort(), names.sort());
    for (const [name, licence] of rows) {
      const installed = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
      assert.equal(
        (JSON.parse(installed) as { license: string }).license.replace(/[()]/g, ''),
        licence,
        name,
      );
    }
  });
}
