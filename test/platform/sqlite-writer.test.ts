/** The writer's thread dies with changes under way: they are refused, nothing else is, and another thread goes on. */
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { type Statement, Unavailable } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { temporaryFolder } from '../helpers/process.ts';

const path = join(temporaryFolder(), 'writer.db');
const database = new SqliteDatabase({ path, migrations });
after(() => database.close());

let deaths = 0;
process.on('worker', (worker: Worker) => worker.on('error', () => (deaths += 1)));

const put = (name: string): Statement => ({
  sql: 'insert into database_facts (name, value) values (?, ?)',
  values: [name, 'there'],
});
/** Prepared without a complaint, and nothing that can be run: no error of SQLite, but a bug, which ends the thread. */
const fatal: Statement = { sql: '-- nothing', values: [] };
/** An error of SQLite, after which the thread opens the file again. */
const unknown: Statement = { sql: 'insert into nowhere values (1)', values: [] };

const acknowledged: string[] = [];

async function write(...names: string[]): Promise<void> {
  await Promise.all(names.map((name) => database.write([put(name)])));
  acknowledged.push(...names);
}

/** Writes so many in one batch, in the middle of which is one that is `deadly`. */
async function refused(name: string, deadly: Statement): Promise<void> {
  const units = Array.from({ length: 5 }, (_, index) => [
    put(`${name} ${index}`),
    ...(index === 2 ? [deadly] : []),
  ]);
  const writing = units.map((unit) => assert.rejects(database.write(unit), Unavailable));
  await Promise.all(writing);
}

async function assertAcknowledgedIsThere(): Promise<void> {
  const rows = await database.all("select name from database_facts where value = 'there'", []);
  assert.deepEqual(rows.map(({ name }) => name).sort(), [...acknowledged].sort());
}

test('a commit that fails says why, for the log of the operator', async () => {
  await assert.rejects(database.write([unknown]), (error: Error) => {
    assert.ok(error instanceof Unavailable);
    assert.match((error.cause as Error).message, /no such table: nowhere/);
    return true;
  });
  assert.equal(deaths, 0);
});

test('a batch that ends the thread is refused as a whole; what waits meanwhile is written by the next thread', async () => {
  const rounds = 10;
  for (let round = 0; round < rounds; round += 1) {
    await write(`before ${round}`);
    const refusal = refused(`refused ${round}`, fatal);
    // The batch has been handed over: what comes now is in another one.
    await nextTurn();
    await Promise.all([refusal, write(`meanwhile ${round}`, `also ${round}`)]);
    await assertAcknowledgedIsThere();
  }
  assert.equal(deaths, rounds);
});

test('a file that cannot be opened again ends the thread, and the next ones, until it is back', async () => {
  deaths = 0;
  const files = ['', '-wal', '-shm'].map((ending) => path + ending);
  for (const file of files) renameSync(file, `${file}.away`);
  mkdirSync(path);
  await refused('gone', unknown);
  assert.equal(deaths, 1);
  await assert.rejects(database.write([put('gone')]), Unavailable);
  assert.equal(deaths, 2);
  rmdirSync(path);
  for (const file of files) renameSync(`${file}.away`, file);
  await write('back');
  assert.equal(deaths, 2);
  await assertAcknowledgedIsThere();
});
