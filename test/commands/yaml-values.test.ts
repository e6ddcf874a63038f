import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDocumentText } from '../../src/commands/document/reading.ts';
import { yamlText } from '../../src/commands/document/yaml-values.ts';

function read(text: string): unknown {
  const { value, faults } = readDocumentText(Buffer.from(text), 'a.yaml');
  assert.deepEqual(faults, []);
  return value;
}

const values: readonly (readonly [unknown, ...string[]])[] = [
  [null, '', '~', 'null', 'Null', 'NULL', '!!null ""'],
  [true, 'true', 'True', 'TRUE', '!!bool "true"'],
  [false, 'false', 'False', 'FALSE'],
  [12, '12', '+12', '012', '0xC', '0o14', '12.', '1.2e1', '!!int "12"'],
  [-0.5, '-.5', '-0.5', '-5e-1'],
  [Number.POSITIVE_INFINITY, '.inf', '+.INF', '1e999', '9'.repeat(400)],
  [Number.NaN, '.nan', '.NaN'],
  ['yes', 'yes', '"yes"', "'yes'", '|-\n  yes', '!!str yes', '! yes'],
  ['12', '"12"', "'12'", '!!str 12', '! 12', '!<tag:yaml.org,2002:str> 12'],
];

test('values without quotes are those of the core schema', () => {
  for (const [value, ...sources] of values) {
    for (const source of sources) assert.deepEqual(read(`a: ${source}\n`), { a: value }, source);
  }
  const texts = 'tRUE no on y n 0b11 1_000 -0o7 0o8 1:30 2030-01-31 2030-01-31T12:00:00Z << = .';
  for (const text of texts.split(' ')) assert.deepEqual(read(`a: ${text}\n`), { a: text });
});

test('the names of fields are the text that stands there, and nothing is merged', () => {
  assert.deepEqual(read('1.0: a\n1: b\n0x1: c\nnull: d\n~: e\nTrue: f\n: g\n? h\n'), {
    '1.0': 'a',
    1: 'b',
    '0x1': 'c',
    null: 'd',
    '~': 'e',
    True: 'f',
    '': 'g',
    h: null,
  });
  assert.deepEqual(read('<<: {a: 1}\nb: 2\n'), { '<<': { a: 1 }, b: 2 });
});

test('aliases are what they stand for, and tags may be declared', () => {
  const text = '%YAML 1.2\n%TAG !e! tag:yaml.org,2002:\n---\na: &x [&y !e!str 1]\n&k b: *x\nc: [*y, *k]\n';
  assert.deepEqual(read(text), { a: ['1'], b: ['1'], c: ['1', 'b'] });
});

test('no text, and text without a document, is null', () => {
  for (const text of ['', '# nothing\n', '---\n', '...\n']) assert.equal(read(text), null);
});

test('whatever is written is read again', () => {
  const special = [...' \t\n\r#:-?,[]{}&*!|>\'"%@`=~.0129eExo+_abny<\u0085\u00a0\u2028\ufeff\u007f\0'];
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...special) }),
    fc.constantFrom(
      '1e999',
      '12e999',
      '0x1',
      'true',
      'No',
      '2030-01-31',
      '1:30',
      '...',
      '---',
      'a\n\n',
      '<<',
    ),
  );
  const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(text));
  fc.assert(
    fc.property(fc.dictionary(text, value, { noNullPrototype: true }), (object) => {
      const indented = yamlText([object]).replaceAll('\n', '\n    ');
      assert.deepEqual(read(`list:\n    ${indented}\n`), { list: [object] });
    }),
    { numRuns: 1000 },
  );
});

test('text that any version of YAML could take for something else is written in quotes', () => {
  const texts = ['', 'yes', 'off', '0123', '1e999', '1_000', '1:30', '2030-01-31', 'null', '<<', '='];
  for (const text of texts) assert.equal(yamlText({ a: text }), `a: "${text}"\n`);
  assert.equal(yamlText({ a: 'Ann Lee', b: `O'Neil`, c: 'a\n\n' }), `a: Ann Lee\nb: O'Neil\nc: "a\\n\\n"\n`);
});
