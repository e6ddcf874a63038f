/** The ledger of the rules: catalogue, source, tests and documentation know the same ids. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rulesPage } from '../../scripts/docs/rules.ts';
import { type RuleId, rules } from '../../src/rules.ts';

const root = join(import.meta.dirname, '../..');
const ids = Object.keys(rules) as RuleId[];
const families = new Set(ids.map((id) => id.split('.')[0]!));

function texts(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'));
}

/** What looks like a rule id: a family, a full stop and words in small letters. */
function idsIn(text: string, quotes: string): Set<string> {
  const found = text.matchAll(new RegExp(`${quotes}([a-z-]+)\\.([a-z]+(?:-[a-z]+)*)${quotes}`, 'g'));
  return new Set([...found].filter(([, family]) => families.has(family!)).map(([, a, b]) => `${a}.${b}`));
}

function assertAll(known: ReadonlySet<string>, what: string): void {
  const missing = ids.filter((id) => !known.has(id));
  assert.deepEqual(missing, [], `rules without ${what}`);
}

function assertOnly(named: ReadonlySet<string>, where: string): void {
  const unknown = [...named].filter((id) => !Object.hasOwn(rules, id));
  assert.deepEqual(unknown, [], `${where} names rules that do not exist`);
}

const testTexts = texts('test/rules/*.test.ts');

test('every rule has a test that is named by it, and no test is named by another rule', () => {
  const names = testTexts.flatMap((text) => [
    ...text.matchAll(/\b(?:test|rule|strict)\(\s*['"`]([a-z-]+\.[a-z-]+): \S/g),
  ]);
  const named = new Set(names.map(([, id]) => id!));
  assertAll(named, 'a test');
  assertOnly(named, 'a test');
});

test('every rule is produced by the source, which produces no other', () => {
  const source = globSync('src/**/*.ts', { cwd: root })
    .filter((path) => !path.startsWith(join('src', 'rules')))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  // An operation's list of its rules announces them; it does not enforce them.
  const announced = /^ {2}rules: \[[^\]]*\]/gm;
  assertAll(idsIn(source.replace(announced, ''), "'"), 'code');
  assertOnly(idsIn(source, "'"), 'the source');
});

test('the page of the rules has all of them and no other', () => {
  const page = texts('docs/reference/rules.md').join('');
  const documented = idsIn(page, '`');
  assertAll(documented, 'documentation');
  assertOnly(documented, 'the page');
  for (const id of ids) assert.equal(page.split(`| \`${id}\` |`).length, 2, id);
});

test('every id is a family and words in kebab-case', () => {
  for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
});

test('the page of the rules is what npm run docs makes', () => {
  assert.deepEqual(texts('docs/reference/rules.md'), [rulesPage()]);
});
