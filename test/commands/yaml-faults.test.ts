import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocumentText } from '../../src/commands/document/reading.ts';
import { anteroom, fileWith, newPath } from './command-line.ts';
import { listed } from './faults.ts';

const broken: readonly (readonly [title: string, text: string, ...faults: (readonly [number, RegExp])[]])[] =
  [
    ['a tab as indentation', 'a:\n\tb: 1\n', [2, /tab/]],
    ['an indentation too deep', 'a: 1\n b: 2\n', [2, /indentation/]],
    ['quotes that are not closed', 'a: 1\nb: "x\n', [3, /indentation/]],
    ['a reserved character', 'a:\n- b\n- @x\n', [3, /nothing can begin like this here/]],
    ['a control character', 'a: 1\nb: x\u0007y\n', [2, /non-printable/]],
    ['NUL', 'a: 1\nb: x\0y\n', [2, /null byte/]],
    ['too many levels', `a:\n  ${'['.repeat(101)}`, [2, /nesting/]],
    ['a list as the name of a field', 'a: 1\n? [b]\n: 2\n', [2, /name of a field must be text/]],
    ['an alias as the name of a field', 'a: &x b\n*x : 2\n', [2, /name of a field must be text/]],
    ['an alias of nothing', 'a: 1\nb:\n  - *x\n', [3, /"x" stands for nothing/]],
    ['an alias inside of what it stands for', 'a: &x\n  - *x\n', [2, /"x" stands inside/]],
    ['another version of YAML', '%YAML 1.1\n---\na: yes\n', [1, /"%YAML 1\.1" is not known; YAML 1\.2/]],
    ['an unknown directive', '# x\n%FOO y\n---\na: 1\n', [2, /"%FOO y" is not known/]],
    ['a second document', 'a: "\n\n  x"\n# ---\n---\nb: 1\n', [5, /more than one document/]],
    [
      'tags of other kinds',
      'a: !!int x\nb: !!timestamp 2030-01-31\nc: !!seq {d: 1}\ne: !!map [1]\nf: !<x> 1\n!!int 1: x\n',
      ...[1, 2, 3, 4, 5].map((line) => [line, /the tag "[^"]+" is unknown, or does not fit/] as const),
      [6, /name of a field must be text/],
    ],
    [
      'faults of several kinds',
      'a: !secret x\nb: {c: 1, c: 2}\nd: *x\na:\n  - 1\n',
      [1, /"!secret" is unknown/],
      [2, /must be unique, and "c" is given twice/],
      [3, /"x" stands for nothing/],
      [4, /must be unique, and "a" is given twice/],
    ],
  ];

for (const [title, text, ...expected] of broken) {
  test(`${title} in YAML`, () => {
    const { value, faults } = readDocumentText(Buffer.from(text), 'a.yaml');
    assert.equal(value, undefined);
    assert.deepEqual(
      faults.map(({ line }) => line),
      expected.map(([line]) => line),
    );
    for (const [index, [, part]] of expected.entries()) {
      assert.match(faults[index]!.sentence, part);
      assert.match(faults[index]!.sentence, /^This is not YAML: .*[^.]\.$/);
    }
  });
}

test('aliases stand for 100000 values at most, however they are nested', () => {
  const thousand = `a: &a [${'0, '.repeat(999)}]\nb:\n`;
  const hundred = '  - *a\n'.repeat(100);
  const { value, faults } = readDocumentText(Buffer.from(thousand + hundred), 'a.yaml');
  assert.deepEqual(faults, []);
  assert.equal((value as { b: unknown[] }).b.length, 100);
  const more = readDocumentText(Buffer.from(`${thousand + hundred}  - *a\n  - *a\n`), 'a.yaml');
  assert.deepEqual(more.faults, [
    { line: 103, sentence: 'This is not YAML: aliases stand for more than 100000 values.' },
  ]);
  const levels = Array.from(
    { length: 60 },
    (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`,
  );
  const laughs = readDocumentText(Buffer.from(`a0: &a0 x\n${levels.join('\n')}\n`), 'a.yaml');
  assert.deepEqual(
    laughs.faults.map(({ sentence }) => sentence),
    ['This is not YAML: aliases stand for more than 100000 values.'],
  );
});

test('a field __proto__ is a field like others', async () => {
  const path = newPath('a.db');
  const text = 'organizations:\n  - name: Example\n    __proto__: {sites: 1}\n__proto__: {polluted: 1}\n';
  const file = fileWith('a.yaml', text);
  const { err } = await anteroom(path, 'import', file);
  assert.match(listed(err, file)[0]![2], /"__proto__" is not a field here/);
  assert.deepEqual(
    err.split('\n').map((line) => line.replace(`${file}:`, '').split(':')[0]),
    ['3', '4'],
  );
  assert.equal('polluted' in {}, false);
  const twice = readDocumentText(Buffer.from('__proto__: 1\n__proto__: 2\n'), 'a.yaml');
  assert.equal(twice.faults[0]!.line, 2);
});

test('lines of values that are hard to find', () => {
  const text = `# list - of
list:
  -
  - |
    two
    lines
  - >-

    - folded
  -   # empty - again
  - &x {a: "-",
     b: 1}
  -
  - "x
    y"
  - [1,
     2]
  -
  - - k:
    -
    - ~
  - *x
  - ? l
    : 2
`;
  const { faults, linesOf, value } = readDocumentText(Buffer.from(text.replaceAll('\n', '\r\n')), 'a.yaml');
  assert.deepEqual(faults, []);
  assert.equal((value as { list: unknown[] }).list.length, 12);
  const places: readonly (readonly [line: number, ...path: (string | number)[]])[] = [
    [2],
    [2, 'missing'],
    [2, 'list'],
    [3, 'list', 0],
    [4, 'list', 1],
    [7, 'list', 2],
    [10, 'list', 3],
    [11, 'list', 4],
    [12, 'list', 4, 'b'],
    [13, 'list', 5],
    [14, 'list', 6],
    [16, 'list', 7],
    [17, 'list', 7, 1],
    [18, 'list', 8],
    [19, 'list', 9, 0, 'k'],
    [20, 'list', 9, 1],
    [21, 'list', 9, 2],
    [22, 'list', 10],
    [22, 'list', 10, 'b'],
    [23, 'list', 11],
    [2, 'list', 12],
  ];
  const lines = linesOf(places.map(([, ...path]) => ({ path, sentence: '' })));
  assert.deepEqual(
    lines,
    places.map(([line]) => line),
  );
});
