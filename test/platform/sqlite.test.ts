/** The engine's promises about units, on every way there is to commit one. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Conflict, type Statement } from '../../src/platform/database.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';
import { temporaryFolder } from '../helpers/process.ts';

/** A schema of our own: the engine knows nothing of meetings. */
const migrations = [
  {
    version: 1,
    name: 'test',
    sql: `create table latest_writer (writer text not null, epoch integer not null);
      insert into latest_writer values ('', 0);
      create table facts (name text primary key, value integer not null);
      create table log (position integer primary key, name text not null)`,
  },
];

const put = (name: string, value: number): Statement => ({
  sql: 'insert into facts (name, value) values (?, ?)',
  values: [name, value],
});
const step = (name: string, from: number): Statement => ({
  sql: 'update facts set value = value + 1 where name = ? and value = ?',
  values: [name, from],
  changes: 1,
});
const note = (name: string): Statement => ({ sql: 'insert into log (name) values (?)', values: [name] });

const engines = {
  'on a worker': { path: join(temporaryFolder(), 'worker.db') },
  'in place': { path: join(temporaryFolder(), 'place.db'), inPlace: true },
  'in memory': { path: ':memory:' },
};

for (const [name, options] of Object.entries(engines)) {
  describe(name, () => {
    const database = new SqliteDatabase({ ...options, migrations });
    const factOf = async (fact: string) =>
      (await database.get('select value from facts where name = ?', [fact]))?.value;

    test('a unit happens as a whole', async () => {
      await database.write([put('both', 1), note('both')]);
      assert.equal(await factOf('both'), 1);
      assert.equal((await database.all('select * from log where name = ?', ['both'])).length, 1);
    });

    test('a unit that breaks a constraint leaves nothing behind', async () => {
      await assert.rejects(database.write([put('new', 1), put('both', 2)]), Conflict);
      assert.equal(await factOf('new'), undefined);
      assert.equal(await factOf('both'), 1);
    });

    test('a unit that changes another number of rows leaves nothing behind', async () => {
      await assert.rejects(database.write([put('new', 1), step('both', 7)]), Conflict);
      assert.equal(await factOf('new'), undefined);
    });

    test('in a shared commit, a unit that fails fails alone', async () => {
      const writes = [
        database.write([put('first', 1)]),
        database.write([put('lost', 1), put('both', 2)]),
        database.write([step('both', 7)]),
        database.write([put('last', 1), step('first', 1)]),
      ];
      const statuses = (await Promise.allSettled(writes)).map(({ status }) => status);
      assert.deepEqual(statuses, ['fulfilled', 'rejected', 'rejected', 'fulfilled']);
      assert.equal(await factOf('first'), 2);
      assert.equal(await factOf('lost'), undefined);
      assert.equal(await factOf('last'), 1);
    });

    test('units are applied in the order of the calls, however many there are', async () => {
      await database.write([put('counter', 0)]);
      const count = 2_000;
      const steps = Array.from({ length: count }, (_, index) => [step('counter', index), note(`${index}`)]);
      await Promise.all(steps.map((unit) => database.write(unit)));
      assert.equal(await factOf('counter'), count);
      const rows = await database.all("select name from log where name <> 'both' order by position", []);
      assert.deepEqual(
        rows.map((row) => row.name),
        Array.from({ length: count }, (_, index) => `${index}`),
      );
    });

    test('a unit may be made while it is written', async () => {
      function* unit(): Generator<Statement> {
        for (let index = 0; index < 1_000; index += 1) yield put(`made${index}`, index);
      }
      await database.write(unit());
      assert.equal(await factOf('made999'), 999);
    });

    test('its own writes never count as those of others', async () => {
      database.outsideWrites();
      await database.write([put('settled', 1)]);
      await new Promise(setImmediate);
      const before = database.outsideWrites();
      await database.write([put('own', 1)]);
      await new Promise(setImmediate);
      assert.equal(database.outsideWrites(), before);
    });

    test('what is pending is committed before it closes', async () => {
      const written = Promise.all([database.write([put('late', 1)]), database.write([put('later', 1)])]);
      await database.close();
      await written;
    });
  });
}
