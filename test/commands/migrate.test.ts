import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unopenedUrl } from '../helpers/databases.ts';
import { run, temporaryFolder } from '../helpers/process.ts';

test('migrate brings a new database up to date, and says so again when it is', async () => {
  const folder = temporaryFolder();
  for (let time = 0; time < 2; time += 1) {
    const { code, out, err } = await run(['migrate'], folder);
    assert.equal(code, 0, err);
    assert.match(out, /sqlite:data\/anteroom\.db is up to date/);
  }
  assert.ok(existsSync(join(folder, 'data', 'anteroom.db')));
});

test('the embedded database cannot be distributed, and nothing but Citus can distribute', async () => {
  const folder = temporaryFolder();
  const embedded = await run(['migrate', '--distributed', 'citus'], folder);
  assert.equal(embedded.code, 2);
  assert.match(embedded.err, /coordinator/);
  const other = await run(['migrate', '--distributed', 'sharding'], folder);
  assert.equal(other.code, 2);
  assert.match(other.err, /must be citus/);
  assert.equal(existsSync(join(folder, 'data')), false);
});

test('a PostgreSQL without Citus is told apart from one with it, in a sentence', async () => {
  const url = await unopenedUrl('postgres');
  const { code, out, err } = await run(
    ['migrate', '--database-url', url, '--distributed', 'citus'],
    temporaryFolder(),
  );
  assert.equal(code, 1);
  assert.match(out, /is up to date/);
  assert.match(err, /create extension citus/);
  assert.equal((out + err).includes(new URL(url).password), false);
});
