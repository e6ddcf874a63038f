/** Opening a PostgreSQL database: the schema, and a sentence for everything that keeps it from being opened. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { UnusableDatabase } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { PostgresDatabase } from '../../src/platform/postgres.ts';
import { emptyUrl, unopenedUrl } from '../helpers/databases.ts';
import { freePort } from '../helpers/postgres-cluster.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { run, temporaryFolder } from '../helpers/process.ts';
import { optionsFor } from './postgres-schema.ts';
import { assertSentence } from './refused-start.ts';

async function open(url: string, known = migrations): Promise<PostgresDatabase> {
  const database = await PostgresDatabase.open(optionsFor(url), known);
  after(() => database.close());
  return database;
}

test('of several that start together on a new database, one migrates and all of them open it', async () => {
  for (let round = 0; round < 3; round += 1) {
    const url = await unopenedUrl('postgres');
    await Promise.all(Array.from({ length: 6 }, () => open(url)));
    assert.deepEqual(
      await runSql(url, 'select version from schema_migrations order by version'),
      migrations.map(({ version }) => ({ version })),
    );
  }
});

test('a migration that fails leaves the schema as it was', async () => {
  const url = await emptyUrl('postgres');
  const version = migrations.at(-1)!.version + 1;
  const sql = 'create table half (name text); create table organizations (name text)';
  await assert.rejects(open(url, [...migrations, { version, name: 'broken', sql }]), /already exists/);
  assert.deepEqual(await runSql(url, "select 1 from pg_tables where tablename = 'half'"), []);
  await open(url);
});

test('a starter that is gone in the middle of a migration leaves nothing behind', async () => {
  const url = await unopenedUrl('postgres');
  const kill = `${migrations[0]!.sql}; select pg_terminate_backend(pg_backend_pid())`;
  await assert.rejects(open(url, [{ ...migrations[0]!, sql: kill }]), UnusableDatabase);
  assert.deepEqual(await runSql(url, "select tablename from pg_tables where schemaname = 'public'"), []);
  await open(url);
});

test('text is in the order of its bytes, whatever language the database has', async () => {
  const url = await emptyUrl('postgres');
  const columns = `select count(*)::int as other from information_schema.columns
    where table_schema = 'public' and data_type = 'text' and table_name <> 'schema_migrations'
    and collation_name is distinct from 'C'`;
  assert.deepEqual(await runSql(url, columns), [{ other: 0 }]);
});

test('what keeps a server from starting is said in one sentence without a password', async () => {
  const url = await emptyUrl('postgres');
  const changed = (change: (other: URL) => void): string => {
    const other = new URL(url);
    change(other);
    return other.href;
  };
  const wrongPassword = changed((other) => {
    other.password = 'wrong-password';
  });
  await assertSentence(
    wrongPassword,
    /^PostgreSQL at 127\.0\.0\.1:\d+\/test_\w+ cannot be used: password authentication failed/,
  );
  const wrongName = changed((other) => {
    other.pathname = '/nowhere';
  });
  await assertSentence(wrongName, /database "nowhere" does not exist/);
  const port = String(await freePort());
  for (const host of ['127.0.0.1', 'localhost']) {
    const nobody = changed((other) => {
      other.hostname = host;
      other.port = port;
    });
    await assertSentence(nobody, /cannot be used: connect ECONNREFUSED/);
  }
  await runSql(url, "insert into schema_migrations values (9999, 'from-the-future', '')");
  await assertSentence(url, /has schema 9999, this program knows up to \d+\. Start the newer program/);
});

test('an address that is none is refused without repeating the password', async () => {
  const { code, err } = await run(
    ['serve', '--database-url', 'mysql://me:wrong-password@example.com/anteroom'],
    temporaryFolder(),
  );
  assert.equal(code, 2);
  assert.match(err, /--database-url must be/);
  assert.doesNotMatch(err, /wrong-password/);
});
