/** Opening a database: the schema, and a sentence for everything that keeps it from being opened. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { UnusableDatabase } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { temporaryFolder } from '../helpers/process.ts';

const folder = temporaryFolder();

function assertUnusable(path: string, sentence: RegExp, wanted = migrations): void {
  assert.throws(
    () => new SqliteDatabase({ path, migrations: wanted }),
    (error) => {
      assert.ok(error instanceof UnusableDatabase, `${error}`);
      assert.match(error.message, sentence);
      return true;
    },
  );
}

test('of several that start together on a new file, one migrates and all of them open it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const path = join(folder, `new${round}.db`);
    const workers = Array.from(
      { length: 4 },
      () => new Worker(new URL('./opener.ts', import.meta.url), { workerData: path }),
    );
    const answers = await Promise.all(workers.map((worker) => once(worker, 'message')));
    assert.deepEqual(answers.flat(), Array(4).fill('opened'));
    const connection = new DatabaseSync(path);
    const rows = connection.prepare('select version from schema_migrations order by version').all();
    connection.close();
    assert.deepEqual(
      rows.map(({ version }) => version),
      migrations.map(({ version }) => version),
    );
  }
});

test('a missing folder is made', async () => {
  const path = join(folder, 'not', 'yet', 'there.db');
  await new SqliteDatabase({ path, migrations }).close();
  await new SqliteDatabase({ path, migrations }).close();
});

test('whoever holds the lock of a file keeps nobody from opening it, but from changing its schema', async () => {
  const path = join(folder, 'held.db');
  await new SqliteDatabase({ path, migrations }).close();
  const holder = new DatabaseSync(path);
  holder.exec('begin immediate');
  const database = new SqliteDatabase({ path, migrations });
  assert.deepEqual(await database.all('select * from organizations', []), []);
  await database.close();
  const next = [...migrations, { version: migrations.at(-1)!.version + 1, name: 'next', sql: '' }];
  assertUnusable(path, /held\.db is locked by another program/, next);
  holder.close();
});

test('a migration that fails leaves the schema as it was', async () => {
  const path = join(folder, 'half.db');
  await new SqliteDatabase({ path, migrations }).close();
  const version = migrations.at(-1)!.version + 1;
  const sql = 'create table half (name text); create table organizations (name text)';
  const next = [...migrations, { version, name: 'broken', sql }];
  assert.throws(() => new SqliteDatabase({ path, migrations: next }), /organizations already exists/);
  const connection = new DatabaseSync(path);
  assert.equal(connection.prepare("select 1 from sqlite_master where name = 'half'").get(), undefined);
  connection.close();
  await new SqliteDatabase({ path, migrations }).close();
});

test('a newer schema is refused with a sentence that names both', async () => {
  const path = join(folder, 'newer.db');
  await new SqliteDatabase({ path, migrations }).close();
  const connection = new DatabaseSync(path);
  connection.exec("insert into schema_migrations values (9999, 'from-the-future', '2030-01-01T00:00:00Z')");
  connection.close();
  assertUnusable(path, /has schema 9999, this program knows up to \d+\. Start the newer program/);
});

test('a file that is no database is refused and left alone', () => {
  const path = join(folder, 'letter.txt');
  writeFileSync(path, 'Dear reader, this is not a database.\n'.repeat(300));
  assertUnusable(path, /letter\.txt is not an Anteroom database\. Choose another file/);
});

test('a database cut short is refused, never opened as an empty one', async () => {
  const path = join(folder, 'whole.db');
  const database = new SqliteDatabase({ path, migrations, inPlace: true });
  await database.close();
  const cut = join(folder, 'cut.db');
  copyFileSync(path, cut);
  truncateSync(cut, 8192 * 2);
  assert.throws(() => new SqliteDatabase({ path: cut, migrations }));
});

test('a place that cannot be written to is refused with a sentence', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  assertUnusable(join(file, 'below.db'), /cannot be written to\. Give this user the right to/);
  assertUnusable(folder, /cannot be written to/);
});
