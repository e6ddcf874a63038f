/** What goes to the writer's thread arrives as it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeBatch, encodeBatch } from '../../src/platform/sqlite-batch.ts';

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.constant(null),
);
const statement = fc.record(
  { sql: fc.constantFrom('one', 'other', 'third'), values: fc.array(value), changes: fc.nat() },
  { requiredKeys: ['sql', 'values'], noNullPrototype: true },
);

test('any units, with any text and numbers, and with or without a number of changes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(statement)), (units) => {
      assert.deepEqual(decodeBatch(encodeBatch(units)), units);
    }),
  );
});

test('a unit may be any iterable, and a text of SQL goes along once', () => {
  const sql = 'insert into a_table_with_a_long_name values (?)';
  const unit = new Set([
    { sql, values: [1] },
    { sql, values: [2], changes: 1 },
  ]);
  const encoded = encodeBatch([unit, unit]);
  assert.equal(encoded.split(sql).length, 2);
  assert.deepEqual(decodeBatch(encoded), [[...unit], [...unit]]);
});
