/** The engine's promises about units on PostgreSQL, and what its failures are called. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Conflict, type Statement, Unavailable } from '../../src/platform/database.ts';
import { PostgresDatabase } from '../../src/platform/postgres.ts';
import { unopenedUrl } from '../helpers/databases.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { migrations, notes, openPostgres, optionsFor, own, put, step } from './postgres-schema.ts';

const url = await unopenedUrl('postgres');
const database = await openPostgres(url);
const factOf = async (fact: string) =>
  (await database.get('select value from facts where name = ?', [fact]))?.value;

test('a unit happens as a whole', async () => {
  await database.write([put('both', 1), own('both')]);
  assert.equal(await factOf('both'), 1);
  assert.equal((await database.all('select * from owners where name = ?', ['both'])).length, 1);
});

test('a unit that breaks a constraint, in any place, leaves nothing behind', async () => {
  for (const unit of [
    [put('new', 1), put('both', 2)],
    [put('both', 2), put('new', 1)],
    [put('new', 1), put('both', 2), put('newer', 1)],
  ]) {
    await assert.rejects(database.write(unit), Conflict);
    assert.equal(await factOf('new'), undefined);
    assert.equal(await factOf('both'), 1);
  }
});

test('a unit that changes another number of rows leaves nothing behind', async () => {
  await assert.rejects(database.write([put('new', 1), step('both', 7), put('newer', 1)]), Conflict);
  assert.equal(await factOf('new'), undefined);
  assert.equal(await factOf('newer'), undefined);
});

test('of units at the same time, one that fails fails alone', async () => {
  const writes = [
    database.write([put('first', 1)]),
    database.write([put('lost', 1), put('both', 2)]),
    database.write([step('both', 7)]),
    database.write([put('last', 1)]),
  ];
  const statuses = (await Promise.allSettled(writes)).map(({ status }) => status);
  assert.deepEqual(statuses, ['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  assert.deepEqual(await Promise.all(['first', 'lost', 'last'].map(factOf)), [1, undefined, 1]);
});

test('hundreds of units at the same time do not keep a read waiting', async () => {
  await database.write([put('counter', 0)]);
  let written = 0;
  const writes = Array.from({ length: 500 }, async (_, index) => {
    await database.write([put(`many${index}`, index)]);
    written += 1;
  });
  assert.equal(await factOf('counter'), 0);
  assert.ok(written < 500, 'the read came last');
  await Promise.all(writes);
  assert.equal(await factOf('many499'), 499);
});

test('a unit may be made while it is written, and undoes itself when it cannot be made to its end', async () => {
  function* unit(name: string, breaksAt: number): Generator<Statement> {
    for (let index = 0; index < 1_000; index += 1) {
      if (index === breaksAt) throw new Error('broken');
      yield put(`${name}${index}`, index);
    }
  }
  await database.write(unit('made', 1_000));
  assert.equal(await factOf('made999'), 999);
  await assert.rejects(database.write(unit('half', 500)));
  assert.equal(await factOf('half0'), undefined);
});

test('units that wait for each other: one is told that it lost, the others happen', async () => {
  await database.write([put('left', 0), put('right', 0)]);
  const add = (name: string): Statement => ({
    sql: 'update facts set value = value + 1 where name = ?',
    values: [name],
  });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 4 }, (_, index) =>
      database.write(index % 2 === 0 ? [add('left'), add('right')] : [add('right'), add('left')]),
    ),
  );
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of lost) assert.ok(reason instanceof Conflict || reason instanceof Unavailable);
  assert.equal(await factOf('left'), 4 - lost.length);
  assert.equal(await factOf('right'), 4 - lost.length);
});

test('a statement that waits too long is given up as unavailable, and its connection goes on', async () => {
  const impatient = await openPostgres(url, 300);
  const holder = runSql(
    url,
    'begin',
    "update facts set value = value where name = 'first'",
    'select pg_sleep(1)',
    'commit',
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const started = performance.now();
  await assert.rejects(impatient.write([step('first', 1)]), Unavailable);
  assert.ok(performance.now() - started < 700);
  assert.equal((await impatient.get('select value from facts where name = ?', ['last']))?.value, 1);
  await holder;
  await impatient.write([step('first', 1)]);
});

test('a statement that does not fit the schema is a bug, not an outage', async () => {
  const wrong = database.get('select nothing from facts', []);
  await assert.rejects(wrong, (error) => !(error instanceof Unavailable) && !(error instanceof Conflict));
});

test('a connection that turns out to lead to a standby is given up', async () => {
  const name = new URL(url).pathname.slice(1);
  const moved = await openPostgres(url);
  await runSql(url, `alter database ${name} set default_transaction_read_only = on`);
  await assert.rejects(moved.write([put('on a standby', 1)]), Unavailable);
  await runSql(
    url,
    'set default_transaction_read_only = off',
    `alter database ${name} reset default_transaction_read_only`,
  );
  await moved.write([put('on the primary', 1)]);
});

test('what is pending is written before it closes', async () => {
  const closing = await PostgresDatabase.open(optionsFor(url), migrations);
  await closing.write([own('late')]);
  const written = Promise.all([
    closing.write([put('late', 1)]),
    closing.insert(notes, ['late', 1, 'text']),
    closing.insert(notes, ['late', 2, 'text']),
  ]);
  await closing.close();
  await written;
  assert.equal((await database.all('select * from notes where owner = ?', ['late'])).length, 2);
});
