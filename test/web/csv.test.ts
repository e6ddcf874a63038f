import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesIn, formatTable, parseTable } from '../../web/src/admin/csv.ts';

test('tables come with commas, semicolons or tabs, with quotes and any line ends', () => {
  assert.deepEqual(parseTable('a,b\r\nc;d\re\tf\n'), [
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ]);
  assert.deepEqual(parseTable('"a, b";"say ""hi"""\n\n , \nc'), [['a, b', 'say "hi"'], ['c']]);
  assert.deepEqual(parseTable('\uFEFFemail,room\n'), [['email', 'room']]);
  assert.deepEqual(parseTable(''), []);
});

test('what has broken quotes is taken as it is', () => {
  assert.deepEqual(parseTable('a"b,c\nd,"e'), [
    ['a"b', 'c'],
    ['d', '"e'],
  ]);
});

test('addresses are found in any text, each once', () => {
  const text = 'John <john@example.com>, "brenda@example.com"; JOHN@example.com\nmarcus@example.com';
  assert.deepEqual(addressesIn(text), ['JOHN@example.com', 'brenda@example.com', 'marcus@example.com']);
  assert.deepEqual(addressesIn('nobody'), []);
});

test('a spreadsheet takes no cell for a formula', () => {
  assert.equal(formatTable([['=1+1', 'a,b', 'say "hi"', 'plain']]), `'=1+1,"a,b","say ""hi""",plain`);
});

test('what is written can be read again', () => {
  const rows = [
    ['a', 'b;c', 'd"e'],
    ['f', '', 'g'],
  ];
  assert.deepEqual(parseTable(formatTable(rows)), rows);
});
