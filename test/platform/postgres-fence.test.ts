/** Two servers on one PostgreSQL: what one changes in the directory, the other sees after its next fence. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cache } from '../../src/platform/cache.ts';
import { directoryChanged } from '../../src/platform/database.ts';
import { unopenedUrl } from '../helpers/databases.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { openPostgres, put } from './postgres-schema.ts';

const url = await unopenedUrl('postgres');
const one = await openPostgres(url);
const other = await openPostgres(url);

test("a change of the directory empties the other's caches at its next fence; other writes do not", async () => {
  const cache = new Cache<string>(one, 10);
  await one.fence();
  cache.set('key', 'kept');
  await other.write([put('a', 1)]);
  await one.fence();
  assert.equal(cache.get('key'), 'kept');
  await other.write([put('b', 1), directoryChanged]);
  assert.equal(cache.get('key'), 'kept', 'before the fence nobody can know');
  await one.fence();
  assert.equal(cache.get('key'), undefined);
});

test('what was being read while the directory changed is not kept', async () => {
  const cache = new Cache<string>(one, 10);
  await one.fence();
  const loading = cache.load('key', async () => {
    await other.write([put('c', 1), directoryChanged]);
    await one.fence();
    return 'old';
  });
  assert.equal(await loading, 'old');
  assert.equal(cache.get('key'), undefined);
});

test('a thousand fences of a turn are one query', async () => {
  const before = await readsOfVersion();
  await Promise.all(Array.from({ length: 1_000 }, () => one.fence()));
  assert.equal((await readsOfVersion()) - before, 1);
});

test('after a failover that lost changes, a lower version counts as another one', async () => {
  const cache = new Cache<string>(one, 10);
  await one.fence();
  cache.set('key', 'old');
  await runSql(url, 'update directory_version set version = version - 1');
  await one.fence();
  assert.equal(cache.get('key'), undefined);
});

test('after a lost connection nothing in memory is trusted', async () => {
  const cache = new Cache<string>(one, 10);
  await one.fence();
  cache.set('key', 'old');
  const others = 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()';
  await runSql(url, `${others} and datname = current_database()`);
  for (let attempt = 0; cache.get('key') !== undefined && attempt < 100; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(cache.get('key'), undefined);
  await one.fence();
});

/** How often the table was read so far, as PostgreSQL counts. */
async function readsOfVersion(): Promise<number> {
  // Each connection reports what it did when it is idle for a while, or when it is asked to.
  await one.all('select pg_stat_force_next_flush()', []);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const sql = "select seq_scan from pg_stat_user_tables where relname = 'directory_version'";
  const [row] = await runSql(url, sql);
  return Number(row!.seq_scan);
}
