/** Two programs on one file: they see each other's writes, and lock each other out without harm. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Cache } from '../../src/platform/cache.ts';
import { Unavailable } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { temporaryFolder } from '../helpers/process.ts';

const path = join(temporaryFolder(), 'shared.db');
const one = new SqliteDatabase({ path, migrations });
const other = new SqliteDatabase({ path, migrations });
after(() => Promise.all([one.close(), other.close()]));

const put = (name: string, value: string) => ({
  sql: 'insert into database_facts (name, value) values (?, ?)',
  values: [name, value],
});
const find = 'select value from database_facts where name = ?';

test('each sees what the other wrote', async () => {
  await one.write([put('one', 'from one')]);
  assert.equal((await other.get(find, ['one']))?.value, 'from one');
  await other.write([put('other', 'from other')]);
  assert.equal((await one.get(find, ['other']))?.value, 'from other');
});

test("a write of the other empties this one's caches; its own does not", async () => {
  const cache = new Cache<string>(one, 10);
  await one.write([put('a', '1')]);
  await nextTurn();
  cache.set('key', 'kept');
  await one.write([put('b', '1')]);
  await nextTurn();
  assert.equal(cache.get('key'), 'kept');
  await other.write([put('c', '1')]);
  await nextTurn();
  assert.equal(cache.get('key'), undefined);
});

test('a foreign write between two of its own is noticed', async () => {
  const cache = new Cache<string>(one, 10);
  await one.write([put('d', '1')]);
  await nextTurn();
  cache.set('key', 'old');
  await other.write([put('e', '1')]);
  await one.write([put('f', '1')]);
  await nextTurn();
  assert.equal(cache.get('key'), undefined);
});

test('a hundred writes from both sides are all there', async () => {
  const writes = Array.from({ length: 100 }, (_, index) =>
    (index % 2 === 0 ? one : other).write([put(`many${index}`, '1')]),
  );
  await Promise.all(writes);
  const rows = await one.all("select name from database_facts where name like 'many%'", []);
  assert.equal(rows.length, 100);
});

test('while another program holds the file, reads go on and a write is refused after a while', async () => {
  const holder = new DatabaseSync(path);
  holder.exec('begin immediate');
  const refused = assert.rejects(one.write([put('refused', '1')]), Unavailable);
  assert.equal((await one.get(find, ['one']))?.value, 'from one');
  await refused;
  holder.exec('rollback');
  holder.close();
  await one.write([put('accepted', '1')]);
  assert.equal((await other.get(find, ['accepted']))?.value, '1');
  assert.equal(await other.get(find, ['refused']), undefined);
});
