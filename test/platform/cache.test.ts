import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../src/platform/cache.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';

const database = new SqliteDatabase({ path: ':memory:', migrations });

test('it keeps what is put in, until it is taken out or all is', () => {
  const cache = new Cache<number>(database, 10);
  cache.set('one', 1);
  cache.set('two', 2);
  assert.equal(cache.get('one'), 1);
  cache.delete('one');
  assert.equal(cache.get('one'), undefined);
  cache.clear();
  assert.equal(cache.get('two'), undefined);
});

test('when it is full, what was put in first goes first', () => {
  const cache = new Cache<number>(database, 3);
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) cache.set(key, index);
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => cache.get(key)),
    [undefined, 1, 2, 3],
  );
});

test('replacing an entry of a full cache throws nothing else out', () => {
  const cache = new Cache<number>(database, 2);
  cache.set('a', 1);
  cache.set('b', 1);
  cache.set('b', 2);
  assert.deepEqual([cache.get('a'), cache.get('b')], [1, 2]);
});
