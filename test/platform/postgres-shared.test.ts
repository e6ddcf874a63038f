/** Reads and insertions that share statements: each is answered as if it were alone. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { Conflict, Unavailable, type Value } from '../../src/platform/database.ts';
import { Connections, type Query } from '../../src/platform/postgres-connection.ts';
import { SharedInserts } from '../../src/platform/postgres-inserts.ts';
import { SharedReads } from '../../src/platform/postgres-reads.ts';
import { numbered, PreparedTexts } from '../../src/platform/postgres-texts.ts';
import { unopenedUrl } from '../helpers/databases.ts';
import { runSql } from '../helpers/postgres-templates.ts';
import { notes, openPostgres, optionsFor, own, put } from './postgres-schema.ts';

/** Connections that remember how many rows or reads each statement had, and how many were in use at once. */
class WatchedConnections extends Connections {
  sizes: number[] = [];
  most = 0;
  #inUse = 0;

  override use<T>(work: (query: Query) => Promise<T>): Promise<T> {
    this.#inUse += 1;
    this.most = Math.max(this.most, this.#inUse);
    return this.#watched(work).finally(() => {
      this.#inUse -= 1;
    });
  }

  #watched<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return super.use((query) =>
      work((config: pg.QueryConfig) => {
        const first: unknown = config.values?.[0];
        this.sizes.push(/^\{.*\}$/s.test(String(first)) ? String(first).split(',').length : 1);
        return query(config);
      }),
    );
  }
}

const url = await unopenedUrl('postgres');
const database = await openPostgres(url);
const connections = new WatchedConnections(optionsFor(url), () => {});
after(() => connections.close());
const texts = new PreparedTexts('select 7');
const reads = new SharedReads(connections, texts);
const inserts = new SharedInserts(connections, texts);
const owners = Array.from({ length: 1_300 }, (_, index) => `owner${index}`);
await database.write([...owners.map(own), ...owners.slice(0, 20).map((name, index) => put(name, index % 3))]);
for (let position = 1; position <= 3; position += 1) {
  await Promise.all(
    owners.slice(0, 9).map((owner) => database.insert(notes, [owner, position, `${position}`])),
  );
}

const nobody = fc.constantFrom('nobody', "it's", '', 'x'.repeat(3_000), '\u{1f600}', 'a"b\\c{d,e}', 'null');
const name = fc.oneof(fc.constantFrom(...owners.slice(0, 12)), nobody);
const read = fc.oneof(
  fc.tuple(fc.constant('select name, value from facts where name = ?'), fc.tuple(name)),
  fc.tuple(
    fc.constant('select position, words from notes where owner = ? order by position desc'),
    fc.tuple(name),
  ),
  fc.tuple(
    fc.constant('select words from notes where owner = ? and position > ? order by position'),
    fc.tuple(name, fc.integer({ min: -1, max: 4 })),
  ),
  fc.tuple(
    fc.constant('select position from notes where owner = ? order by position desc limit 1'),
    fc.tuple(name),
  ),
  fc.tuple(
    fc.constant('select name from facts where value = ? order by name limit ?'),
    fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 5 })),
  ),
  fc.tuple(fc.constant('select count(*) as total from facts'), fc.constant([] as Value[])),
);

test('any mix of reads is answered read by read as each alone would be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(read, { minLength: 1, maxLength: 60 }), async (mix) => {
      const answers = await Promise.all(mix.map(([sql, values]) => reads.read(sql, values)));
      for (const [index, [sql, values]] of mix.entries()) {
        const alone = await connections.use((query) =>
          query({ text: numbered(sql), values: values as unknown[] }),
        );
        assert.deepEqual(
          answers[index]!.map((row) => ({ ...row })),
          alone.rows,
          sql,
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('a read that PostgreSQL refuses fails alone; one for text that it cannot store finds nothing', async () => {
  const sql = 'select 6 / cast(? as integer) as answer';
  const [one, two, zero] = await Promise.allSettled(['1', '2', '0'].map((value) => reads.read(sql, [value])));
  assert.deepEqual(one?.status === 'fulfilled' && one.value, [{ answer: 6 }]);
  assert.deepEqual(two?.status === 'fulfilled' && two.value, [{ answer: 3 }]);
  assert.equal(zero?.status, 'rejected');
  assert.deepEqual(await reads.read('select value from facts where name = ?', ['a\0b']), []);
});

test('a read by itself is sent at once; a thousand share few queries, and none has more than 256', async () => {
  connections.sizes = [];
  await reads.read('select value from facts where name = ?', ['owner1']);
  assert.deepEqual(connections.sizes, [1]);
  connections.sizes = [];
  connections.most = 0;
  const many = Array.from({ length: 1_000 }, (_, index) => `owner${index % 20}`);
  const rows = await Promise.all(
    many.map((fact) => reads.read('select name from facts where name = ?', [fact])),
  );
  assert.deepEqual(
    rows.map(([row]) => row?.name),
    many,
  );
  assert.deepEqual(connections.sizes, [256, 256, 256, 232]);
  assert.equal(connections.most, 3);
});

test('a read of another kind waits for one query of those before it, not for all', async () => {
  const answered: string[] = [];
  const many = Array.from({ length: 2_000 }, async () => {
    await reads.read('select name from facts where name = ?', ['owner1']);
    answered.push('many');
  });
  const other = reads.read('select value from facts where name = ?', ['owner2']).then(() => {
    answered.push('other');
  });
  await Promise.all([...many, other]);
  assert.ok(answered.indexOf('other') < 1_024, `${answered.indexOf('other')} came first`);
});

test('a fence comes with the reads of its moment, alone when there are none, and whatever becomes of them', async () => {
  const read = (value: string) => reads.read('select 6 / cast(? as integer) as answer', [value]);
  for (const others of [[], ['1'], ['1', '2'], ['0'], ['1', '0']]) {
    connections.sizes = [];
    const [fence] = await Promise.all([reads.fence(), Promise.allSettled(others.map(read))]);
    assert.equal(fence, 7);
    if (!others.includes('0')) assert.equal(connections.sizes.length, 1, 'one query');
  }
  const [fence, rows] = await Promise.all([reads.fence(), reads.read('select 8 as answer where 1 = ?', [2])]);
  assert.deepEqual([fence, rows], [7, []]);
});

test('a row goes in behind the fence that it wants; another one in the same statement does not', async () => {
  const wanted = [7, null, 6, -1];
  const outcomes = await Promise.allSettled(
    wanted.map((fence, index) => inserts.insert(notes, [`owner${30 + index}`, 1, 'text'], fence)),
  );
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === 'fulfilled' || outcome.reason instanceof Conflict),
    wanted.map(() => true),
  );
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  );
});

test('a row by itself is inserted at once; a thousand share few statements, and none has more than 256', async () => {
  connections.sizes = [];
  await inserts.insert(notes, ['owner100', 1, 'text']);
  assert.deepEqual(connections.sizes, [1]);
  connections.sizes = [];
  connections.most = 0;
  await Promise.all(owners.slice(101).map((owner) => inserts.insert(notes, [owner, 1, 'text'])));
  assert.ok(connections.sizes.length <= 6 && Math.max(...connections.sizes) === 256, `${connections.sizes}`);
  assert.equal(connections.most, 2);
});

test('one bad row fails alone: a constraint, a missing owner, a gap, a key that is taken', async () => {
  const rows: [Value[], 'fulfilled' | 'rejected'][] = [
    [['owner10', 1, 'text'], 'fulfilled'],
    [['owner11', 1, 'forbidden'], 'rejected'],
    [['nobody', 1, 'text'], 'rejected'],
    [['owner12', 2, 'text'], 'rejected'],
    [['owner1', 3, 'text'], 'rejected'],
    [['owner13', 1, 'a\0b'], 'rejected'],
    [['owner14', 1, 'text'], 'fulfilled'],
  ];
  const outcomes = await Promise.allSettled(rows.map(([values]) => inserts.insert(notes, values)));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    rows.map(([, status]) => status),
  );
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  assert.equal(reasons.filter((reason) => reason instanceof Conflict).length, 4);
  assert.ok(!reasons.some((reason) => reason instanceof Unavailable));
  const bad = "select count(*) as total from notes where owner in ('owner11', 'owner12', 'owner13')";
  assert.deepEqual(await runSql(url, bad), [{ total: '0' }]);
});

test('rows about other subjects do not wait for a statement that is held up', async () => {
  const holder = new pg.Client(url);
  await holder.connect();
  try {
    await holder.query("begin; insert into notes (owner, position, words) values ('owner40', 1, 'text')");
    const heldUp = assert.rejects(inserts.insert(notes, ['owner40', 1, 'text']), Conflict);
    await wait(50);
    await inserts.insert(notes, ['owner41', 1, 'text']);
    const behind = inserts.insert(notes, ['owner40', 2, 'text']);
    await inserts.insert(notes, ['owner42', 1, 'text']);
    await holder.query('commit');
    await heldUp;
    await behind;
  } finally {
    await holder.end();
  }
});

test('a row that another transaction holds fails alone, after a share of the time that a statement has', async () => {
  const holder = new pg.Client(url);
  await holder.connect();
  try {
    await holder.query("begin; insert into notes (owner, position, words) values ('owner50', 1, 'text')");
    const rows = owners.slice(50, 80).map((owner) => inserts.insert(notes, [owner, 1, 'text']));
    const [locked, ...others] = await Promise.allSettled(rows);
    assert.ok(locked?.status === 'rejected' && locked.reason instanceof Unavailable);
    assert.ok(others.every(({ status }) => status === 'fulfilled'));
  } finally {
    await holder.end();
  }
});

test('rows about the same subject go in one after the other, in the order of the calls', async () => {
  const positions = Array.from({ length: 40 }, (_, index) => index + 1);
  const [one, two] = ['owner20', 'owner21'];
  await Promise.all(
    positions.flatMap((position) => [
      inserts.insert(notes, [one!, position, 'text']),
      inserts.insert(notes, [two!, position, 'text']),
    ]),
  );
  const counted = "select count(*)::int as total from notes where owner in ('owner20', 'owner21')";
  assert.deepEqual(await runSql(url, counted), [{ total: 80 }]);
});
