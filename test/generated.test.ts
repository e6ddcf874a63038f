import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generatedPages } from '../scripts/docs.ts';

for (const { path, content } of generatedPages()) {
  test(`${path} is what npm run docs makes`, () => {
    assert.equal(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'), content);
  });
}
