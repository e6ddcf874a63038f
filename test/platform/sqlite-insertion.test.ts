/** Rows that go in on a condition: the fast statement for one decides like the plain one that units have. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Conflict, insertion, insertionOf, type Statement } from '../../src/platform/database.ts';
import { SqliteDatabase } from '../../src/platform/sqlite.ts';

const schema = `create table latest_writer (writer text not null, epoch integer not null);
  insert into latest_writer values ('', 0);
  create table names (name text primary key);
  create table steps (name text not null, step bigint not null, words text not null, primary key (name, step));
  create index steps_of_one on steps (step) where name = 'one'`;

/** Each step comes after the one before, and says something else. */
const steps = insertion({
  table: 'steps',
  columns: { name: 'text', step: 'bigint', words: 'text' },
  subjectColumns: 1,
  where: `given.step = 1 or exists (select 1 from steps before where before.name = given.name
    and before.step = given.step - 1 and before.words <> given.words)`,
});

const database = new SqliteDatabase({
  path: ':memory:',
  migrations: [{ version: 1, name: 'test', sql: schema }],
});
after(() => database.close());

const another = (values: readonly unknown[]): Statement => ({
  sql: 'insert into names (name) values (?)',
  values: [String(values)],
});

const ways = {
  one: (values: (string | number)[]) => database.insert(steps, values),
  unit: (values: (string | number)[]) => database.write([another(values), insertionOf(steps, values)]),
};

for (const [name, insert] of Object.entries(ways)) {
  test(`a row goes in where its condition holds and its key is free, and nowhere else: ${name}`, async () => {
    await insert([name, 1, "it's\0all"]);
    await insert([name, 2, '']);
    await assert.rejects(insert([name, 2, 'taken']), Conflict);
    await assert.rejects(insert([name, 4, 'too early']), Conflict);
    await assert.rejects(insert([name, 3, '']), Conflict);
    await assert.rejects(insert([`no ${name}`, 2, 'without a first']), Conflict);
    const rows = await database.all('select * from steps where name like ? order by step', [`%${name}`]);
    assert.deepEqual(
      rows.map(({ step, words }) => [step, words]),
      [
        [1, "it's\0all"],
        [2, ''],
      ],
    );
  });
}
