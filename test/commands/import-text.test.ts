import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { anteroom, fileWith, newPath } from './command-line.ts';
import { listed } from './faults.ts';

test('lines are exact', async () => {
  const path = newPath('a.db');
  const yaml = `# people
organizations:
  - name: Example
    users:
      - email: ann@
        displayName: Ann

      - displayName: Bob
        extra: 1
  -
    name: 2
`;
  const file = fileWith('people.yaml', yaml);
  const { err } = await anteroom(path, 'import', file);
  assert.deepEqual(
    listed(err, file).map(([line, place]) => [line, place]),
    [
      [5, 'organizations[0].users[0].email'],
      [8, 'organizations[0].users[1].email'],
      [9, 'organizations[0].users[1].extra'],
      [11, 'organizations[1].name'],
    ],
  );
  const json = `{ "organizations": [
  { "name": "a \\" { [ , name", "users": [
    { "email": "ann@",
      "displayName": "Ann" }, { "displayName":
      7,
      "email": "bob@example.com" }
  ] },

  { "name":
      2 } ] }`;
  const other = fileWith('people.json', json);
  const listing = await anteroom(path, 'import', other);
  assert.deepEqual(
    listed(listing.err, other).map(([line, place]) => [line, place]),
    [
      [3, 'organizations[0].users[0].email'],
      [4, 'organizations[0].users[1].displayName'],
      [9, 'organizations[1].name'],
    ],
  );
});

const broken: readonly (readonly [title: string, name: string, text: string, line: number, part: RegExp])[] =
  [
    ['JSON that ends early', 'a.json', '{\n"organizations": [\n', 2, /This is not JSON/],
    ['JSON with a comma too many', 'a.json', '{\n"organizations": [],\n}', 3, /This is not JSON/],
    ['JSON under another name', 'a.txt', ' {\n"organizations": x}', 2, /This is not JSON/],
    [
      'a JSON field given twice',
      'a.json',
      '{"organizations": [],\n\n"organizations": []}',
      3,
      /organizations is given twice/,
    ],
    ['YAML that is none', 'a.yaml', 'organizations:\n  - name: [', 2, /This is not YAML/],
    [
      'a YAML field given twice',
      'a.yaml',
      'organizations: []\norganizations: []',
      2,
      /This is not YAML: .*unique/,
    ],
    ['an unknown YAML tag', 'a.yaml', 'organizations:\n  - name: !secret x', 2, /This is not YAML/],
    ['two YAML documents', 'a.yaml', 'organizations: []\n---\norganizations: []', 2, /This is not YAML/],
  ];

for (const [title, name, text, line, part] of broken) {
  test(title, async () => {
    const path = newPath('a.db');
    const file = fileWith(name, text);
    const { err, error } = await anteroom(path, 'import', file);
    assert.equal(error?.name, 'CommandError');
    assert.match(err, part);
    assert.ok(err.startsWith(`${file}:${line}: `), err);
  });
}

test('text that is not UTF-8, an empty file, no file', async () => {
  const path = newPath('a.db');
  const file = fileWith('a.yaml', '');
  assert.match((await anteroom(path, 'import', file)).err, /:1: The file must be an object with fields/);
  writeFileSync(file, Buffer.from([0x6e, 0xff]));
  assert.match((await anteroom(path, 'import', file)).err, /:1: The file is not text in UTF-8/);
  const { error } = await anteroom(path, 'import', `${file}.gone`);
  assert.match(error!.message, /a\.yaml\.gone cannot be read: it does not exist\.$/);
});
