/** The page of security names every item, and tests that exist. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const rows = [...page.matchAll(/^\| ((?:API|V)\d+) [^|]+\| ([^|]+) \| ([^|]+) \|$/gm)];

test('has every item of both lists once, in order', () => {
  const expected = [
    ...Array.from({ length: 10 }, (_, index) => `API${index + 1}`),
    ...Array.from({ length: 17 }, (_, index) => `V${index + 1}`),
  ];
  assert.deepEqual(
    rows.map(([, item]) => item),
    expected,
  );
});

test('every item names tests that exist; one without says why', () => {
  for (const [, item, measure, tests] of rows) {
    const files = [...tests!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!);
    if (tests!.trim() === 'none') assert.match(measure!, /[Nn]ot (used|tested here)/, item!);
    else assert.ok(files.length > 0, item!);
    for (const file of files) assert.ok(existsSync(join(root, file)), `${item}: ${file}`);
  }
});
